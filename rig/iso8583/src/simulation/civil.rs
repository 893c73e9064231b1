//! Dates in UTC as messages write them.

/// A moment taken apart.
struct Civil {
    year: i64,
    month: i64,
    day: i64,
    day_of_year: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

/// By the days since 1970, counted in years that begin in March so that the odd day comes last.
fn civil(ms: i64) -> Civil {
    let seconds = ms.div_euclid(1000);
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let from_march = days + 719_468;
    let era = from_march.div_euclid(146_097);
    let of_era = from_march.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][(month - 1) as usize];
    Civil {
        year,
        month,
        day,
        day_of_year: before + day + i64::from(leap && month > 2),
        hour: rest / 3600,
        minute: rest / 60 % 60,
        second: rest % 60,
    }
}

/// A moment by a layout of `YYYY`, `YY`, `MM`, `DD`, `DDD`, `hh`, `mm` and `ss`; what is none of them
/// stays as it is.
pub fn written(ms: i64, layout: &str) -> String {
    let civil = civil(ms);
    let mut out = String::with_capacity(layout.len());
    let mut rest = layout;
    'letters: while !rest.is_empty() {
        for (letters, value, width) in [
            ("YYYY", civil.year, 4),
            ("DDD", civil.day_of_year, 3),
            ("YY", civil.year % 100, 2),
            ("MM", civil.month, 2),
            ("DD", civil.day, 2),
            ("hh", civil.hour, 2),
            ("HH", civil.hour, 2),
            ("mm", civil.minute, 2),
            ("ss", civil.second, 2),
            ("SS", civil.second, 2),
        ] {
            if let Some(after) = rest.strip_prefix(letters) {
                out.push_str(&format!("{value:0width$}"));
                rest = after;
                continue 'letters;
            }
        }
        let mut characters = rest.chars();
        out.extend(characters.next());
        rest = characters.as_str();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_by_their_layout() {
        // 2026-11-25T07:45:39.999Z
        let at = 1_795_592_739_999;
        assert_eq!(written(at, "MMDDhhmmss"), "1125074539");
        assert_eq!(written(at, "YYMM"), "2611");
        assert_eq!(written(at, "YYYY-MM-DD DDD"), "2026-11-25 329");
        assert_eq!(written(0, "YYYYMMDDhhmmss"), "19700101000000");
        // 29 February and the day before an era.
        assert_eq!(written(1_709_164_800_000, "YYYYMMDD DDD"), "20240229 060");
        assert_eq!(written(-1, "YYYYMMDDhhmmss"), "19691231235959");
    }
}
