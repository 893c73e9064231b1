//! Reports to the moderators, from people who are signed in and, as the EU's Digital
//! Services Act wants it, from people who are not.

use serde_json::json;

use crate::{
    At, ChannelId, Definitions, Field, Form, GuildId, MessageId, Optional, Reply, ReportId, Str, Timestamp,
    UserId, Value, identity::Email, invalid, text_enum,
};

text_enum! {
    pub enum MessageCategory {
        Harassment = "harassment",
        HateSpeech = "hate_speech",
        ViolentContent = "violent_content",
        Spam = "spam",
        NsfwViolation = "nsfw_violation",
        IllegalActivity = "illegal_activity",
        Doxxing = "doxxing",
        SelfHarm = "self_harm",
        ChildSafety = "child_safety",
        MaliciousLinks = "malicious_links",
        Impersonation = "impersonation",
        Other = "other",
    }
}
text_enum! {
    pub enum UserCategory {
        Harassment = "harassment",
        HateSpeech = "hate_speech",
        SpamAccount = "spam_account",
        Impersonation = "impersonation",
        UnderageUser = "underage_user",
        InappropriateProfile = "inappropriate_profile",
        Other = "other",
    }
}
text_enum! {
    pub enum GuildCategory {
        Harassment = "harassment",
        HateSpeech = "hate_speech",
        ExtremistCommunity = "extremist_community",
        IllegalActivity = "illegal_activity",
        ChildSafety = "child_safety",
        RaidCoordination = "raid_coordination",
        Spam = "spam",
        MalwareDistribution = "malware_distribution",
        Other = "other",
    }
}
text_enum! {
    /// The member states of the European Union.
    pub enum Country {
        At = "AT", Be = "BE", Bg = "BG", Hr = "HR", Cy = "CY", Cz = "CZ", Dk = "DK", Ee = "EE", Fi = "FI",
        Fr = "FR", De = "DE", Gr = "GR", Hu = "HU", Ie = "IE", It = "IT", Lv = "LV", Lt = "LT", Lu = "LU",
        Mt = "MT", Nl = "NL", Pl = "PL", Pt = "PT", Ro = "RO", Sk = "SK", Si = "SI", Es = "ES", Se = "SE",
    }
}

/// What a reporter adds in their own words.
pub type Remark = Optional<Str<0, 1000>>;

#[derive(Debug, Clone, Form)]
pub struct ReportMessageRequest {
    pub channel_id: ChannelId,
    pub message_id: MessageId,
    pub category: MessageCategory,
    pub additional_info: Remark,
}

#[derive(Debug, Clone, Form)]
pub struct ReportUserRequest {
    pub user_id: UserId,
    pub category: UserCategory,
    pub guild_id: Optional<GuildId>,
    pub additional_info: Remark,
}

#[derive(Debug, Clone, Form)]
pub struct ReportGuildRequest {
    pub guild_id: GuildId,
    pub category: GuildCategory,
    pub additional_info: Remark,
}

#[derive(Debug, Clone, Reply)]
#[reply(name = "ReportResponse")]
pub struct Report {
    pub report_id: ReportId,
    pub status: ReportStatus,
    pub reported_at: Timestamp,
}

text_enum! {
    pub enum ReportStatus { Pending = "pending", Resolved = "resolved" }
}

#[derive(Debug, Clone, Form)]
pub struct DsaReportEmailSendRequest {
    pub email: Email,
}

#[derive(Debug, Clone, Form)]
pub struct DsaReportEmailVerifyRequest {
    pub email: Email,
    pub code: Str<9, 9>,
}

#[derive(Debug, Clone, Reply)]
#[reply(name = "OkResponse")]
pub struct Done {
    pub ok: bool,
}

#[derive(Debug, Clone, Reply)]
#[reply(name = "TicketResponse")]
pub struct Ticket {
    pub ticket: String,
}

/// Who reports, and why they may: the part that all reports without an account have.
#[derive(Debug, Clone, Form)]
pub struct DsaReporter {
    pub ticket: Str<1, 128>,
    pub reporter_full_legal_name: Str<1, 160>,
    pub reporter_country_of_residence: Country,
    pub reporter_fluxer_tag: Optional<Str<3, 37>>,
    pub additional_info: Remark,
}

#[derive(Debug, Clone, Form)]
pub struct DsaReportMessageRequest {
    #[form(flatten)]
    pub reporter: DsaReporter,
    pub category: MessageCategory,
    pub message_link: Str<1, 2048>,
    pub reported_user_tag: Optional<Str<3, 37>>,
}

#[derive(Debug, Clone, Form)]
pub struct DsaReportUserRequest {
    #[form(flatten)]
    pub reporter: DsaReporter,
    pub category: UserCategory,
    pub user_id: Optional<UserId>,
    pub user_tag: Optional<Str<3, 37>>,
}

#[derive(Debug, Clone, Form)]
pub struct DsaReportGuildRequest {
    #[form(flatten)]
    pub reporter: DsaReporter,
    pub category: GuildCategory,
    pub guild_id: GuildId,
    pub invite_code: Optional<Str<1, 64>>,
}

/// Told apart by `report_type`.
#[derive(Debug, Clone)]
pub enum DsaReportRequest {
    Message(DsaReportMessageRequest),
    User(DsaReportUserRequest),
    Guild(DsaReportGuildRequest),
}

impl DsaReportRequest {
    pub const fn reporter(&self) -> &DsaReporter {
        match self {
            Self::Message(form) => &form.reporter,
            Self::User(form) => &form.reporter,
            Self::Guild(form) => &form.reporter,
        }
    }
}

impl Field for DsaReportRequest {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        match value.get("report_type").and_then(Value::as_str) {
            Some("message") => Field::read(value, at).map(Self::Message),
            Some("user") => {
                let form = DsaReportUserRequest::read(value, at)?;
                if form.user_id.is_none() && form.user_tag.is_none() {
                    return at.within("user_id", |at| at.refuse(invalid::INVALID_FORMAT));
                }
                Some(Self::User(form))
            }
            Some("guild") => Field::read(value, at).map(Self::Guild),
            _ => at.within("report_type", |at| at.refuse(invalid::INVALID_FORMAT)),
        }
    }
    fn schema(defs: &mut Definitions) -> Value {
        json!({"oneOf": [
            DsaReportMessageRequest::schema(defs),
            DsaReportUserRequest::schema(defs),
            DsaReportGuildRequest::schema(defs),
        ]})
    }
}
