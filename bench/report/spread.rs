//! Many figures in three.

/// The median of figures, and the quartiles around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// A quarter is lower.
    pub low: f64,
    /// Half of them are.
    pub median: f64,
    /// A quarter is higher.
    pub high: f64,
}

impl Spread {
    /// Nothing, where there are no figures.
    pub fn of(mut figures: Vec<f64>) -> Option<Self> {
        figures.sort_by(f64::total_cmp);
        let last = figures.len().checked_sub(1)?;
        let at = |part: f64| {
            let place = part * last as f64;
            let below = figures[place.floor() as usize];
            let above = figures[place.ceil() as usize];
            below + (above - below) * place.fract()
        };
        Some(Self { low: at(0.25), median: at(0.5), high: at(0.75) })
    }

    /// The same of other figures: `change` may turn high into low.
    pub(crate) fn map(self, change: impl Fn(f64) -> f64) -> Self {
        let [low, median, high] =
            [self.low, self.median, self.high].map(change);
        Self { low: low.min(high), median, high: low.max(high) }
    }
}
