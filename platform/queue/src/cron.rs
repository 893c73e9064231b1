//! Calendars in six fields: second, minute, hour, day, month, weekday (0 to 6, Sunday is 0),
//! each `*`, a number, a range, a list of those, any of them with a step. UTC.
//!
//! As in other crons, a day fits if either its number or its weekday does, when both are
//! restricted. Pure: knows no clock.

use std::str::FromStr;

use platform_kernel::Timestamp;

use crate::Error;

const DAY: i64 = 86_400;
/// February 29th comes after at most eight years; a day that does not exist never does.
const DAYS_AHEAD: i64 = 366 * 9;

/// A calendar, as bits of what fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cron {
    second: u64,
    minute: u64,
    hour: u64,
    day: u64,
    month: u64,
    weekday: u64,
    any_day: bool,
    any_weekday: bool,
}

impl FromStr for Cron {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = |why| Error::Cron(text.to_owned(), why);
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [second, minute, hour, day, month, weekday] = fields[..] else {
            return Err(wrong("six fields are needed: second minute hour day month weekday"));
        };
        let read = |field, first, last| bits(field, first, last).map_err(wrong);
        Ok(Self {
            second: read(second, 0, 59)?,
            minute: read(minute, 0, 59)?,
            hour: read(hour, 0, 23)?,
            day: read(day, 1, 31)?,
            month: read(month, 1, 12)?,
            weekday: read(weekday, 0, 6)?,
            any_day: day.starts_with('*'),
            any_weekday: weekday.starts_with('*'),
        })
    }
}

fn bits(field: &str, first: u32, last: u32) -> Result<u64, &'static str> {
    let mut bits = 0;
    for part in field.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, Some(number(step)?)),
            None => (part, None),
        };
        let (from, to) = match range.split_once('-') {
            _ if range == "*" => (first, last),
            Some((from, to)) => (number(from)?, number(to)?),
            // `5/15` begins at 5 and goes on to the end
            None if step.is_some() => (number(range)?, last),
            None => (number(range)?, number(range)?),
        };
        if from < first || to > last || from > to {
            return Err("a number is out of its field's range");
        }
        let step = step.unwrap_or(1);
        if step == 0 {
            return Err("a step cannot be 0");
        }
        for value in (from..=to).step_by(step as usize) {
            bits |= 1 << value;
        }
    }
    Ok(bits)
}

fn number(text: &str) -> Result<u32, &'static str> {
    if text.is_empty() || text.len() > 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err("a field holds numbers, *, ranges, lists and steps");
    }
    text.parse().map_err(|_| "a number is too large")
}

impl Cron {
    /// The first second after `after` that fits; `None` if none ever does.
    pub fn next(&self, after: Timestamp) -> Option<Timestamp> {
        let start = after.millis().div_euclid(1000) + 1;
        let first_day = start.div_euclid(DAY);
        for day in first_day..=first_day + DAYS_AHEAD {
            if !self.fits_day(day) {
                continue;
            }
            let from = if day == first_day { start.rem_euclid(DAY) } else { 0 };
            if let Some(second) = self.in_day(from) {
                return Some(Timestamp::from_millis((day * DAY + second) * 1000));
            }
        }
        None
    }

    fn fits_day(&self, day: i64) -> bool {
        let (month, number) = civil(day);
        // the first day of 1970 was a Thursday
        let weekday = (day + 4).rem_euclid(7);
        let (by_number, by_weekday) = (has(self.day, number), has(self.weekday, weekday));
        let fits = match (self.any_day, self.any_weekday) {
            (false, false) => by_number || by_weekday,
            _ => by_number && by_weekday,
        };
        fits && has(self.month, month)
    }

    /// The first fitting second of a day from `from` on.
    fn in_day(&self, from: i64) -> Option<i64> {
        for hour in from / 3600..24 {
            if !has(self.hour, hour) {
                continue;
            }
            for minute in 0..60 {
                if !has(self.minute, minute) || hour * 3600 + minute * 60 + 59 < from {
                    continue;
                }
                let second = |second: &i64| has(self.second, *second);
                let reached = |second: &i64| hour * 3600 + minute * 60 + second >= from;
                if let Some(second) = (0..60).filter(second).find(reached) {
                    return Some(hour * 3600 + minute * 60 + second);
                }
            }
        }
        None
    }
}

fn has(bits: u64, value: i64) -> bool {
    bits >> value & 1 == 1
}

/// Month and day of a day since 1970, by the Gregorian calendar.
fn civil(day: i64) -> (i64, i64) {
    let shifted = day + 719_468;
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let number = of_year - (153 * month + 2) / 5 + 1;
    (if month < 10 { month + 3 } else { month - 9 }, number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(cron: &str, after: &str) -> String {
        let after = Timestamp::parse(after).unwrap();
        cron.parse::<Cron>().unwrap().next(after).map_or_else(|| "never".into(), |at| at.to_string())
    }

    #[test]
    fn the_next_time_is_found() {
        for (cron, after, expected) in [
            ("0 */5 * * * *", "2026-11-24T19:31:07.500Z", "2026-11-24T19:35:00.000Z"),
            ("0 */5 * * * *", "2026-11-24T19:35:00.000Z", "2026-11-24T19:40:00.000Z"),
            ("0 0 */6 * * *", "2026-12-31T23:00:00.000Z", "2027-01-01T00:00:00.000Z"),
            ("0 20 * * * *", "2026-11-24T19:20:00.000Z", "2026-11-24T20:20:00.000Z"),
            ("30 15 4 * * 0", "2026-11-24T00:00:00.000Z", "2026-11-29T04:15:30.000Z"),
            ("0 0 0 29 2 *", "2026-01-01T00:00:00.000Z", "2028-02-29T00:00:00.000Z"),
            ("0 0 0 1 * 1", "2026-11-24T00:00:00.000Z", "2026-11-30T00:00:00.000Z"),
            ("*/20 1,3 5-6 * * *", "2026-11-24T05:01:40.000Z", "2026-11-24T05:03:00.000Z"),
            ("* * * * * *", "2026-11-24T05:01:40.001Z", "2026-11-24T05:01:41.000Z"),
        ] {
            assert_eq!(next(cron, after), expected, "{cron} after {after}");
        }
        assert_eq!(next("0 0 0 31 2 *", "2026-01-01T00:00:00.000Z"), "never");
    }

    #[test]
    fn nonsense_is_refused() {
        for cron in [
            "",
            "* * * * *",
            "60 * * * * *",
            "* * * 0 * *",
            "* * * * 13 *",
            "* * * * * 7",
            "*/0 * * * * *",
            "5-1 * * * * *",
            "a * * * * *",
            "-1 * * * * *",
            "1, * * * * *",
            "* * * * * * *",
            "99999999999 * * * * *",
        ] {
            assert!(cron.parse::<Cron>().is_err(), "{cron}");
        }
    }
}
