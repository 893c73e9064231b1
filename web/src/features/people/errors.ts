import { t } from '@lingui/core/macro';
import { ApiError, NetworkError } from '#/api/client';

function common(error: unknown): string {
  if (error instanceof NetworkError)
    return t`The server cannot be reached. Try again when you are back online.`;
  if (!(error instanceof ApiError)) return t`Something went wrong. Try again.`;
  if (error.code === 'RATE_LIMITED') return t`That was too often. Wait a little and try again.`;
  return error.errors[0]?.message ?? error.message;
}

/** What a refusal means, in a sentence of its own. */
export function relationshipError(error: unknown): string {
  if (!(error instanceof ApiError)) return common(error);
  switch (error.code) {
    case 'NO_USERS_WITH_FLUXERTAG_EXIST':
      return t`Nobody has that name and number. Capital letters do not matter, the number does.`;
    case 'ALREADY_FRIENDS':
      return t`You are friends already.`;
    case 'CANNOT_SEND_FRIEND_REQUEST_TO_SELF':
      return t`That is you.`;
    case 'FRIEND_REQUEST_BLOCKED':
      return t`This person does not take friend requests from you.`;
    case 'CANNOT_SEND_FRIEND_REQUEST_TO_BLOCKED_USER':
      return t`You have blocked this person. Lift the block first.`;
    case 'UNCLAIMED_ACCOUNT_CANNOT_SEND_FRIEND_REQUESTS':
    case 'UNCLAIMED_ACCOUNT_CANNOT_ACCEPT_FRIEND_REQUESTS':
    case 'UNCLAIMED_ACCOUNT_CANNOT_SEND_DIRECT_MESSAGES':
    case 'UNCLAIMED_ACCOUNT_CANNOT_JOIN_GROUP_DMS':
      return t`Finish your account first: it needs an e-mail address and a password.`;
    case 'MAX_FRIENDS':
      return t`The list of friends, requests and blocks is full.`;
    case 'CANNOT_SEND_MESSAGES_TO_USER':
      return t`This person does not take messages from you. You need to be friends, or share a community that allows it.`;
    case 'NOT_FRIENDS_WITH_USER':
      return t`Only friends can be added to a group.`;
    case 'MAX_GROUP_DM_RECIPIENTS':
      return t`The group is full.`;
    case 'MAX_GROUP_DMS':
      return t`Somebody of them is in too many groups already.`;
    case 'MISSING_ACCESS':
    case 'MISSING_PERMISSIONS':
      return t`You are not allowed to do that.`;
    case 'UNKNOWN_USER':
    case 'UNKNOWN_MEMBER':
      return t`This person is not there any more.`;
    case 'INVALID_FORM_BODY':
      return error.errors[0]?.message ?? t`That cannot be right. Look at it once more.`;
    default:
      return common(error);
  }
}

export function inviteError(error: unknown): string {
  if (!(error instanceof ApiError)) return common(error);
  switch (error.code) {
    case 'UNKNOWN_INVITE':
      return t`This invite does not exist, or has run out. Ask for a new one.`;
    case 'UNKNOWN_GUILD':
      return t`The community is gone.`;
    case 'INVITES_DISABLED':
      return t`The community has paused its invites.`;
    case 'USER_BANNED_FROM_GUILD':
    case 'USER_IP_BANNED_FROM_GUILD':
      return t`You are banned from this community.`;
    case 'MAX_GUILDS':
      return t`You are in as many communities as the server allows. Leave one first.`;
    case 'MAX_GUILD_MEMBERS':
      return t`The community is full.`;
    case 'MAX_INVITES':
      return t`The community has as many invites as it can. Revoke some first.`;
    case 'TEMPORARY_INVITE_REQUIRES_PRESENCE':
      return t`This invite is for the time you are connected. Try again once the connection is back.`;
    case 'UNCLAIMED_ACCOUNT_CANNOT_JOIN_GROUP_DMS':
      return t`Finish your account first: it needs an e-mail address and a password.`;
    case 'FEATURE_TEMPORARILY_DISABLED':
      return t`Invites are switched off for the moment.`;
    default:
      return common(error);
  }
}
