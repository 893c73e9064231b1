// Why a message was not sent, in a sentence with the next step.
import { t } from '@lingui/core/macro';
import { limit, type Pending } from '#/store';

export function failureText({ error }: Pending): string {
  switch (error?.code) {
    case 'SLOWMODE_RATE_LIMITED':
      return t`Slow mode is on. It can be sent in a moment.`;
    case 'MISSING_PERMISSIONS':
    case 'MISSING_ACCESS':
    case 'ACCESS_DENIED':
      return t`You may not write here.`;
    case 'CANNOT_SEND_MESSAGES_TO_USER':
      return t`This person does not take messages from you.`;
    case 'UNCLAIMED_ACCOUNT_CANNOT_SEND_MESSAGES':
    case 'UNCLAIMED_ACCOUNT_CANNOT_SEND_DIRECT_MESSAGES':
      return t`Finish your account first, then it can be sent.`;
    case 'COMMUNICATION_DISABLED':
      return t`You are in a time-out here.`;
    case 'CONTENT_EXCEEDS_MAX_LENGTH':
      return t`It is longer than ${limit('max_message_length')} characters.`;
    case 'FILE_SIZE_TOO_LARGE':
      return t`A file is too large.`;
    case 'UNKNOWN_CHANNEL':
      return t`The channel is gone.`;
    case 'UNKNOWN_MESSAGE':
      return t`The message it answers was deleted.`;
    case 'EXPIRED':
    case 'TOO_OLD':
      return t`It waited too long for a connection, so it was not sent behind your back.`;
    default:
      return error?.message || t`It could not be sent.`;
  }
}
