//! Local times of named time zones. Pure.

use fluxer_wire::invalid;
use platform_kernel::Timestamp;

use crate::{Error, Result};

const MAX_MS: i64 = 30 * 86_400_000;

/// The moment meant, if it lies within the next 30 days.
pub fn resolve(local: &str, timezone: &str, now: Timestamp) -> Result<Timestamp> {
    let Ok(zone) = jiff::tz::TimeZone::get(timezone) else {
        return Err(Error::field("timezone", invalid::INVALID_TIMEZONE_IDENTIFIER));
    };
    let at = moment(local, zone)
        .ok_or_else(|| Error::field("scheduled_local_at", invalid::INVALID_DATETIME_FOR_SCHEDULED_SEND))?;
    if at <= now {
        return Err(Error::field("scheduled_local_at", invalid::SCHEDULED_TIME_MUST_BE_FUTURE));
    }
    if at.since(now) > MAX_MS {
        return Err(Error::field("scheduled_local_at", invalid::SCHEDULED_MESSAGES_MAX_30_DAYS));
    }
    Ok(at)
}

/// A time with an offset of its own means itself.
fn moment(local: &str, zone: jiff::tz::TimeZone) -> Option<Timestamp> {
    if let Ok(at) = local.parse::<jiff::Timestamp>() {
        return Some(Timestamp::from_millis(at.as_millisecond()));
    }
    let civil: jiff::civil::DateTime = local.parse().ok()?;
    let zoned = civil.to_zoned(zone).ok()?;
    Some(Timestamp::from_millis(zoned.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(local: &str, zone: &str) -> String {
        let now = Timestamp::parse("2026-06-01T00:00:00Z").unwrap();
        match resolve(local, zone, now) {
            Ok(at) => at.to_string(),
            Err(Error::Refused(error)) => error.extra["errors"][0]["code"].as_str().unwrap().to_owned(),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn local_times_are_of_their_zone() {
        assert_eq!(code("2026-06-02T10:00:00", "Europe/Berlin"), "2026-06-02T08:00:00.000Z");
        assert_eq!(code("2026-06-02T10:00", "UTC"), "2026-06-02T10:00:00.000Z");
        assert_eq!(code("2026-06-02T10:00:00Z", "Asia/Tokyo"), "2026-06-02T10:00:00.000Z");
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert_eq!(code("2026-06-02T10:00:00", "Mars/Base"), "INVALID_TIMEZONE_IDENTIFIER");
        assert_eq!(code("tomorrow", "UTC"), "INVALID_DATETIME_FOR_SCHEDULED_SEND");
        assert_eq!(code("2026-05-31T10:00:00", "UTC"), "SCHEDULED_TIME_MUST_BE_FUTURE");
        assert_eq!(code("2026-07-02T10:00:00", "UTC"), "SCHEDULED_MESSAGES_MAX_30_DAYS");
    }
}
