//! How cost grows: a line for each host, on two logarithmic scales. Each chart
//! is drawn twice, to be read on a light page and on a dark one.

use std::collections::BTreeMap;
use std::fmt::Display;

use plotters::prelude::*;

use crate::goals::name;
use crate::{Figures, Spread};

/// The sizes of texts, in characters, for which cost is measured.
pub const SIZES: [u32; 7] = [1, 16, 256, 4096, 65_536, 1 << 20, 1 << 24];
/// The numbers of calls at once for which it is.
pub const CALLS: [u32; 5] = [1, 10, 100, 1000, 10_000];

/// The hosts whose lines are drawn, with their colours on light and on dark.
const LINES: [(&str, RGBColor, RGBColor); 5] = [
    ("limit", RGBColor(110, 110, 110), RGBColor(170, 170, 170)),
    ("ch06", RGBColor(176, 122, 20), RGBColor(224, 170, 70)),
    ("library", RGBColor(183, 65, 14), RGBColor(240, 120, 70)),
    ("tauri", RGBColor(35, 110, 127), RGBColor(90, 185, 205)),
    ("post", RGBColor(95, 70, 160), RGBColor(175, 150, 240)),
];

/// One chart.
struct Chart {
    name: &'static str,
    /// The work's name is this and a number of `at`.
    work: &'static str,
    at: &'static [u32],
    across: &'static str,
    up: &'static str,
    /// Where no line is.
    free: SeriesLabelPosition,
}

const CHARTS: [Chart; 2] = [
    Chart {
        name: "growth-size",
        work: "size-",
        at: &SIZES,
        across: "characters in the text that is echoed",
        up: "µs an echo",
        free: SeriesLabelPosition::UpperLeft,
    },
    Chart {
        name: "growth-calls",
        work: "calls-",
        at: &CALLS,
        across: "calls at once",
        up: "µs a call",
        free: SeriesLabelPosition::UpperRight,
    },
];

pub(crate) fn all(
    figures: &Figures,
) -> Result<BTreeMap<String, String>, String> {
    let mut files = BTreeMap::new();
    for chart in &CHARTS {
        for is_dark in [false, true] {
            let theme = if is_dark { "dark" } else { "light" };
            let drawn = draw(figures, chart, is_dark);
            let drawn =
                drawn.map_err(|why| format!("{}: {why}", chart.name))?;
            files.insert(format!("{}-{theme}.svg", chart.name), drawn);
        }
    }
    Ok(files)
}

fn draw(
    figures: &Figures,
    chart: &Chart,
    is_dark: bool,
) -> Result<String, Box<dyn std::error::Error>> {
    let lines: Vec<_> = LINES
        .iter()
        .map(|(host, light, dark)| {
            let points = chart.at.iter().filter_map(|at| {
                let work = format!("{}{at}", chart.work);
                let spread = Spread::of(figures.of(host, &work))?;
                Some((f64::from(*at), spread.median))
            });
            let color = if is_dark { *dark } else { *light };
            (name(host), color, points.collect::<Vec<_>>())
        })
        .collect();
    let heights = lines.iter().flat_map(|(.., points)| points);
    let heights: Vec<_> = heights.map(|(_, height)| *height).collect();
    let lowest = heights.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = heights.iter().copied().fold(lowest, f64::max);
    let most = f64::from(*chart.at.last().unwrap_or(&1));
    let ink =
        if is_dark { RGBColor(200, 205, 210) } else { RGBColor(50, 50, 50) };
    let font = |size: u32| ("sans-serif", size).into_font().color(&ink);

    let mut drawing = String::new();
    {
        let root = SVGBackend::with_string(&mut drawing, (720, 420));
        let root = root.into_drawing_area();
        let mut context = ChartBuilder::on(&root)
            .margin(12)
            .x_label_area_size(44)
            .y_label_area_size(72)
            .build_cartesian_2d(
                (1.0..most * 1.5).log_scale(),
                (lowest / 1.5..highest * 1.5).log_scale(),
            )?;
        context
            .configure_mesh()
            .x_desc(chart.across)
            .y_desc(chart.up)
            .x_label_formatter(&|it| rounded(*it))
            .y_label_formatter(&|it| rounded(*it))
            .label_style(font(14))
            .axis_desc_style(font(15))
            .axis_style(ink.mix(0.6))
            .bold_line_style(ink.mix(0.2))
            .light_line_style(ink.mix(0.0))
            .draw()?;
        for (name, color, points) in &lines {
            let style = color.stroke_width(2);
            context
                .draw_series(LineSeries::new(points.clone(), style))?
                .label(name.replace('`', ""))
                .legend(move |(x, y)| {
                    PathElement::new([(x, y), (x + 18, y)], style)
                });
            let dot = |at: &(f64, f64)| Circle::new(*at, 3, color.filled());
            context.draw_series(points.iter().map(dot))?;
        }
        context
            .configure_series_labels()
            .position(chart.free.clone())
            .label_font(font(14))
            .draw()?;
        root.present()?;
    }
    Ok(drawing)
}

/// A number with its thousands set apart.
fn rounded(number: f64) -> String {
    if number < 1.0 {
        return number.to_string();
    }
    group(&(number.round() as u64))
}

fn group(number: &impl Display) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
