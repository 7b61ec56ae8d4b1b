//! Stations in a circle, each of which leads to the next; and the links between them that are broken.

use super::measure::{shortened, wrapped};
use super::sheet::Sheet;
use super::svg::{Anchor, LINE, Look, Path, Shape, Svg, TEXT, look};

/// How many stations there are.
pub const STATIONS: usize = 3;

/// Three stations, and what leads from one to the next.
#[derive(Clone, Copy, Debug)]
pub struct Cycle<'a> {
    /// What the picture is called.
    pub title: &'a str,
    /// What it shows, in words.
    pub description: &'a str,
    /// The stations: above on the left, above on the right, below.
    pub stations: [CycleStation<'a>; STATIONS],
    /// What leads from each station to the next.
    pub links: [CycleLink<'a>; STATIONS],
    /// What is said where a link is broken.
    pub broken: &'a str,
    /// Whether it is one of several small pictures, without what leads from one to the next.
    pub is_small: bool,
}

/// A station.
#[derive(Clone, Copy, Debug)]
pub struct CycleStation<'a> {
    /// What it is called.
    pub name: &'a str,
    /// What is asked there.
    pub question: &'a str,
    /// Whether it holds nothing, as far as that is known.
    pub is_empty: bool,
}

/// What leads from a station to the next.
#[derive(Clone, Copy, Debug)]
pub struct CycleLink<'a> {
    /// What it does.
    pub label: &'a str,
    /// Whether it is broken.
    pub is_broken: bool,
}

/// The size of a station.
#[derive(Clone, Copy)]
struct Size {
    width: f64,
    height: f64,
}

impl Cycle<'_> {
    /// Draws it.
    pub fn svg(&self, sheet: &Sheet) -> String {
        let narrow = sheet.is_narrow() || self.is_small;
        let width = sheet.width;
        let size = Size {
            width: if narrow { (width * 0.4).min(150.0) } else { 190.0 },
            height: if self.is_small { 34.0 } else { 58.0 },
        };
        let height = size.height * 2.0 + if self.is_small { 54.0 } else { 96.0 };
        let inset = if narrow { 2.0 } else { 40.0 };
        let centres = [
            (inset + size.width / 2.0, size.height / 2.0 + 2.0),
            (width - inset - size.width / 2.0, size.height / 2.0 + 2.0),
            (width / 2.0, height - size.height / 2.0 - 2.0),
        ];
        let kind = if self.is_small { "cycle small" } else { "cycle" };
        let mut svg = Svg::new(sheet, kind, height, self.title, self.description);
        let (half, tall) = (size.width / 2.0, size.height / 2.0);
        // Along the top; from the right down; and from below up to the left.
        let ways = [
            ((centres[0].0 + half, centres[0].1), (centres[1].0 - half, centres[1].1)),
            ((centres[1].0, centres[1].1 + tall), (centres[2].0 + half, centres[2].1)),
            ((centres[2].0 - half, centres[2].1), (centres[0].0, centres[0].1 + tall)),
        ];
        for (place, (link, way)) in self.links.iter().zip(ways).enumerate() {
            self.link(link, place, way, &mut svg, sheet);
        }
        for (station, centre) in self.stations.iter().zip(centres) {
            self.station(station, centre, size, &mut svg);
        }
        svg.finish()
    }

    fn station(&self, station: &CycleStation, centre: (f64, f64), size: Size, svg: &mut Svg) {
        let corner = (centre.0 - size.width / 2.0, centre.1 - size.height / 2.0);
        let look = if station.is_empty { look::EMPTY } else { look::STATION };
        svg.rectangle(look, corner, (size.width, size.height), 8.0);
        let name = shortened(station.name, TEXT * 1.1, size.width - 8.0);
        if self.is_small {
            svg.text(look::STRONG, (centre.0, centre.1 + 4.0), Anchor::Middle, &name);
            return;
        }
        let lines = wrapped(station.question, TEXT, size.width - 12.0, 2);
        let top = centre.1 + 4.0 - LINE * lines.len() as f64 / 2.0;
        svg.text(look::STRONG, (centre.0, top), Anchor::Middle, &name);
        for (place, line) in lines.iter().enumerate() {
            svg.text(look::SOFT, (centre.0, top + LINE * (place as f64 + 1.0)), Anchor::Middle, line);
        }
    }

    fn link(
        &self,
        link: &CycleLink,
        place: usize,
        way: ((f64, f64), (f64, f64)),
        svg: &mut Svg,
        sheet: &Sheet,
    ) {
        let (from, to) = way;
        // Straight along the top; elsewhere round one corner.
        let corner = match place {
            0 => from,
            1 => (from.0, to.1),
            _ => (to.0, from.1),
        };
        let (way, end) = match place {
            0 => ((1.0, 0.0), (to.0 - 8.0, to.1)),
            1 => ((-1.0, 0.0), (to.0 + 8.0, to.1)),
            _ => ((0.0, -1.0), (to.0, to.1 + 8.0)),
        };
        let (line, head): (Look, Look) =
            if link.is_broken { (look::BROKEN, look::BAD) } else { (look::AXIS_BOLD, look::EVENT) };
        let path =
            if place == 0 { Path::new().to(from).to(end) } else { Path::new().to(from).to(corner).to(end) };
        svg.path(line, &path);
        svg.arrow(head, (to.0 - way.0, to.1 - way.1), way, 6.0);
        let middle = match place {
            0 => (f64::midpoint(from.0, to.0), from.1),
            1 => (corner.0, f64::midpoint(from.1, corner.1)),
            _ => (corner.0, f64::midpoint(corner.1, to.1)),
        };
        if link.is_broken {
            svg.mark(look::BAD, Shape::Cross, middle, 8.0, self.broken);
        }
        if self.is_small {
            return;
        }
        let word = if link.is_broken { look::BAD_STRONG } else { look::SOFT };
        let label = if link.is_broken { self.broken } else { link.label };
        let beside = if link.is_broken { 14.0 } else { 8.0 };
        if place == 0 {
            let lines = wrapped(label, TEXT, to.0 - from.0 - 2.0, 2);
            let above = middle.1 - beside - LINE * (lines.len() as f64 - 1.0);
            for (place, line) in lines.iter().enumerate() {
                svg.text(word, (middle.0, above + LINE * place as f64), Anchor::Middle, line);
            }
            return;
        }
        // Two labels face each other, and other fonts are up to a sixth wider than the one that is measured.
        let to_the_middle = (sheet.width / 2.0 - middle.0).abs() - beside;
        let room = if sheet.is_narrow() { to_the_middle * 0.85 } else { 150.0 };
        let lines = wrapped(label, TEXT, room, 3);
        let (x, anchor) =
            if place == 1 { (middle.0 - beside, Anchor::End) } else { (middle.0 + beside, Anchor::Start) };
        svg.lines(word, (x, middle.1), anchor, &lines);
    }
}
