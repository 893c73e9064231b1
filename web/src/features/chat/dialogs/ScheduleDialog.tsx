interface Props {
  channelId: string;
  guildId?: string;
  content: string;
  reply?: unknown;
  onClose: () => void;
  onDone: () => void;
}
export default function ScheduleDialog(_: Props) {
  return null;
}
