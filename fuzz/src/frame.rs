//! The gateway's frame decoder: whatever bytes a client sends become a command or a close code.

use fluxer_gateway::core::{
    command::{Command, MAX_PAYLOAD, command, parse},
    identify::Identify,
};

/// Whether the input was a command.
pub fn run(data: &[u8]) -> bool {
    let Ok(frame) = parse(data) else { return false };
    assert!(data.len() <= MAX_PAYLOAD, "an oversized frame was decoded");
    match command(frame) {
        Ok(Command::Identify(d)) => {
            let _ = Identify::parse(d);
        }
        Ok(Command::Subscribe(subscriptions)) => {
            for (_, ranges) in subscriptions.iter().flat_map(|one| &one.lists) {
                assert!(
                    ranges.iter().all(|range| range.start <= range.end && range.end <= 100_000),
                    "{ranges:?}"
                );
                // Neighbours neither overlap nor touch: they would have been merged.
                assert!(ranges.windows(2).all(|pair| pair[0].end + 1 < pair[1].start), "{ranges:?}");
            }
        }
        Ok(Command::Members(Some(wish))) => {
            assert!(wish.users.len() <= 100 && wish.limit <= 100_000);
            assert!(wish.nonce.is_none_or(|nonce| nonce.len() <= 32));
        }
        Ok(Command::Counts { guilds, nonce }) => {
            assert!(guilds.len() <= 100 && nonce.is_none_or(|nonce| nonce.len() <= 32));
        }
        Ok(_) => {}
        Err(_) => return false,
    }
    true
}
