//! The built-in wire tables: ISO 8583:1987 in ASCII, the same with binary data in hexadecimal, and
//! one with every element of the public definitions.

use crate::{
    encoding::Encoding,
    prefix::{Family, Prefix},
    wire::{Element, Kind, MAX_ELEMENT, Padding, Wire},
};

/// Element, length, digits of the length prefix (0: fixed), whether left zeros fill it, label.
type Row = (u8, usize, u8, bool, &'static str);

#[rustfmt::skip]
const ASCII_87: &[Row] = &[
    (0, 4, 0, false, "Message Type Indicator"),
    (2, 19, 2, false, "Primary Account Number"),
    (3, 6, 0, true, "Processing Code"),
    (4, 12, 0, true, "Transaction Amount"),
    (5, 12, 0, true, "Settlement Amount"),
    (6, 12, 0, true, "Billing Amount"),
    (7, 10, 0, false, "Transmission Date & Time"),
    (8, 8, 0, false, "Billing Fee Amount"),
    (9, 8, 0, false, "Settlement Conversion Rate"),
    (10, 8, 0, false, "Cardholder Billing Conversion Rate"),
    (11, 6, 0, false, "Systems Trace Audit Number"),
    (12, 6, 0, false, "Local Transaction Time"),
    (13, 4, 0, false, "Local Transaction Date"),
    (14, 4, 0, false, "Expiration Date"),
    (15, 4, 0, false, "Settlement Date"),
    (16, 4, 0, false, "Currency Conversion Date"),
    (17, 4, 0, false, "Capture Date"),
    (18, 4, 0, false, "Merchant Type"),
    (19, 3, 0, false, "Acquiring Institution Country Code"),
    (20, 3, 0, false, "PAN Extended Country Code"),
    (21, 3, 0, false, "Forwarding Institution Country Code"),
    (22, 3, 0, false, "POS Entry Mode"),
    (23, 3, 0, false, "Card Sequence Number"),
    (24, 3, 0, false, "Function Code"),
    (25, 2, 0, false, "POS Condition Code"),
    (26, 2, 0, false, "POS PIN Capture Code"),
    (27, 1, 0, false, "Authorizing ID Response Length"),
    (28, 9, 0, false, "Transaction Fee Amount"),
    (29, 9, 0, false, "Settlement Fee Amount"),
    (30, 9, 0, false, "Transaction Processing Fee Amount"),
    (31, 9, 0, false, "Settlement Processing Fee Amount"),
    (32, 11, 2, false, "Acquiring Institution ID"),
    (33, 11, 2, false, "Forwarding Institution ID"),
    (34, 28, 2, false, "Extended Primary Account Number"),
    (35, 37, 2, false, "Track 2 Data"),
    (36, 104, 3, false, "Track 3 Data"),
    (37, 12, 0, false, "Retrieval Reference Number"),
    (38, 6, 0, false, "Authorization ID Response"),
    (39, 2, 0, false, "Response Code"),
    (40, 3, 0, false, "Service Restriction Code"),
    (41, 8, 0, false, "Terminal ID"),
    (42, 15, 0, false, "Card Acceptor ID"),
    (43, 40, 0, false, "Card Acceptor Name/Location"),
    (44, 99, 2, false, "Additional Data"),
    (45, 76, 2, false, "Track 1 Data"),
    (46, 999, 3, false, "Additional Data (ISO)"),
    (47, 999, 3, false, "Additional Data (National)"),
    (48, 999, 3, false, "Additional Data (Private)"),
    (49, 3, 0, false, "Transaction Currency Code"),
    (50, 3, 0, false, "Settlement Currency Code"),
    (51, 3, 0, false, "Billing Currency Code"),
    (53, 16, 0, false, "Security Related Control Information"),
    (54, 120, 3, false, "Additional Amounts"),
    (55, 999, 3, false, "ICC Data"),
    (56, 999, 3, false, "Reserved (ISO)"),
    (57, 999, 3, false, "Reserved (National)"),
    (58, 999, 3, false, "Reserved (National)"),
    (59, 999, 3, false, "Reserved (National)"),
    (60, 999, 3, false, "Reserved (National)"),
    (61, 999, 3, false, "Reserved (Private)"),
    (62, 999, 3, false, "Reserved (Private)"),
    (63, 999, 3, false, "Reserved (Private)"),
    (90, 42, 0, false, "Original Data Elements"),
];

#[rustfmt::skip]
const REST_87: &[Row] = &[
    (66, 1, 0, true, "Settlement Code"),
    (67, 2, 0, true, "Extended Payment Code"),
    (68, 3, 0, true, "Receiving Institution Country Code"),
    (69, 3, 0, true, "Settlement Institution Country Code"),
    (70, 3, 0, true, "Network Management Information Code"),
    (71, 4, 0, true, "Message Number"),
    (72, 4, 0, true, "Last Message Number"),
    (73, 6, 0, true, "Action Date"),
    (74, 10, 0, true, "Credits, Number"),
    (75, 10, 0, true, "Credits, Reversal Number"),
    (76, 10, 0, true, "Debits, Number"),
    (77, 10, 0, true, "Debits, Reversal Number"),
    (78, 10, 0, true, "Transfer, Number"),
    (79, 10, 0, true, "Transfer, Reversal Number"),
    (80, 10, 0, true, "Inquiries, Number"),
    (81, 10, 0, true, "Authorizations, Number"),
    (82, 12, 0, true, "Credits, Processing Fee Amount"),
    (83, 12, 0, true, "Credits, Transaction Fee Amount"),
    (84, 12, 0, true, "Debits, Processing Fee Amount"),
    (85, 12, 0, true, "Debits, Transaction Fee Amount"),
    (86, 16, 0, true, "Credits, Amount"),
    (87, 16, 0, true, "Credits, Reversal Amount"),
    (88, 16, 0, true, "Debits, Amount"),
    (89, 16, 0, true, "Debits, Reversal Amount"),
    (91, 1, 0, false, "File Update Code"),
    (92, 2, 0, false, "File Security Code"),
    (93, 5, 0, true, "Response Indicator"),
    (94, 7, 0, false, "Service Indicator"),
    (95, 42, 0, false, "Replacement Amounts"),
    (97, 17, 0, false, "Net Settlement Amount"),
    (98, 25, 0, false, "Payee"),
    (99, 11, 2, false, "Settlement Institution ID"),
    (100, 11, 2, false, "Receiving Institution ID"),
    (101, 17, 2, false, "File Name"),
    (102, 28, 2, false, "Account Identification 1"),
    (103, 28, 2, false, "Account Identification 2"),
    (104, 100, 3, false, "Transaction Description"),
];

/// The names under which [`base`] knows a table.
pub const BASES: [&str; 3] = ["moov:spec87ascii", "moov:spec87hex", "rig:spec87full"];

/// A built-in table by its name.
pub fn base(name: &str) -> Option<Wire> {
    let mut wire = Wire { elements: vec![None; MAX_ELEMENT + 1] };
    let mut put = |number: u8, element| wire.elements[usize::from(number)] = Some(element);
    put(1, Element { kind: Kind::Bitmap, length: 8, ..hexadecimal("Bitmap") });
    for (number, label) in [(52, "PIN Data"), (64, "Message Authentication Code")] {
        put(number, hexadecimal(label));
    }
    for row in ASCII_87 {
        put(row.0, plain(row));
    }
    match name {
        "moov:spec87ascii" => {}
        "moov:spec87hex" => {
            put(52, Element { kind: Kind::Binary, ..hexadecimal("PIN Data") });
            put(64, Element { kind: Kind::Binary, ..hexadecimal("Message Authentication Code") });
            put(
                55,
                Element {
                    kind: Kind::Binary,
                    length: 999,
                    prefix: Prefix::Var(Family::Ascii, 3),
                    ..hexadecimal("ICC Data")
                },
            );
        }
        "rig:spec87full" => {
            for row in REST_87 {
                put(row.0, plain(row));
            }
            for (number, label) in [(96, "Message Security Code"), (128, "Message Authentication Code 2")] {
                put(number, hexadecimal(label));
            }
            for number in 105..=127 {
                put(number, plain(&(number, 999, 3, false, "Reserved")));
            }
        }
        _ => return None,
    }
    Some(wire)
}

fn plain(&(number, length, digits, zeros, label): &Row) -> Element {
    // The type and the numeric elements are zero-filled; the reference dialect fills more of them.
    let zeros = zeros || number == 0;
    Element {
        kind: if number == 3 { Kind::Numeric } else { Kind::String },
        length,
        encoding: Encoding::Ascii,
        prefix: if digits == 0 { Prefix::Fixed } else { Prefix::Var(Family::Ascii, digits) },
        padding: if zeros { Padding::Left(b'0') } else { Padding::None },
        label: label.to_owned(),
        composite: None,
        keep_one: false,
    }
}

fn hexadecimal(label: &str) -> Element {
    Element {
        kind: Kind::String,
        length: 8,
        encoding: Encoding::HexToAscii,
        prefix: Prefix::Fixed,
        padding: Padding::None,
        label: label.to_owned(),
        composite: None,
        keep_one: false,
    }
}
