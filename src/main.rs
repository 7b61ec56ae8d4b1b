//! temp
use bailiwick::*;
use bailiwick::text::Scalar;
fn main() {
    let dir = std::env::args().nth(1).unwrap();
    let out = std::env::args().nth(2).unwrap();
    let reader = std::env::args().nth(3).unwrap();
    let t = std::time::Instant::now();
    let sources = source::discover::Folder::open(std::path::Path::new(&dir)).unwrap().read().unwrap();
    let today = text::Date::parse("2026-10-12").unwrap();
    let (p, report) = read(&sources, today);
    print!("{}", report::printed(&report, &sources, "content", report::Format::Human(report::Style { color: false, width: 120 })));
    let p = p.unwrap();
    eprintln!("{:?} read", t.elapsed());
    let r = redact::redact(&p, &model::readers::Reader::parse(&reader, &p.config).unwrap());
    let site = view::Site::new(&r, today);
    let theme = match render::Theme::new(Default::default()) { Ok(t) => t, Err(e) => { println!("{e}"); return } };
    let renderer = render::Renderer::new(&site, &theme);
    let routes = site.routes(theme.statics().map(str::to_owned));
    eprintln!("{:?} {} routes", t.elapsed(), routes.len());
    for route in routes {
        let path = std::path::Path::new(&out).join(&route.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        match renderer.render(&route) {
            Ok(render::Rendered::Bytes(b)) => std::fs::write(path, b).unwrap(),
            Ok(render::Rendered::Asset(a)) => { std::fs::copy(std::path::Path::new(&dir).join(&*a), path).unwrap(); },
            Err(e) => println!("{e}"),
        }
    }
    eprintln!("{:?} done", t.elapsed());
}
