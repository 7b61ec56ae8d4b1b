//! temp
fn main() {
    let dir = std::env::args().nth(1).unwrap();
    let t = std::time::Instant::now();
    let sources =
        bailiwick::source::discover::Folder::open(std::path::Path::new(&dir)).unwrap().read().unwrap();
    let (p, report) = bailiwick::model::read::read(&sources);
    eprintln!("{:?} {} files, {} entries", t.elapsed(), sources.len(), p.map_or(0, |p| p.headers().count()));
    print!(
        "{}",
        bailiwick::report::printed(
            &report,
            &sources,
            "content",
            bailiwick::report::Format::Human(bailiwick::report::Style { color: false, width: 120 })
        )
    );
}
