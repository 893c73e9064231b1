// The menus of the shell: what they hold is put together when one is opened, by code that comes after the first view.
import { soon } from '#/ui/later';

const channels = () => import('#/features/channels/menus');
const community = () => import('#/features/community/menus');
const people = () => import('#/features/people/menus');
const conversations = () => import('#/features/people/dmMenu');
const status = () => import('#/features/status/menu');
for (const load of [channels, community, people, conversations, status]) soon(load);

export const channelMenu = async (channelId: string) => (await channels()).channelMenu(channelId);
export const categoryMenu = async (categoryId: string) => (await channels()).categoryMenu(categoryId);
export const channelNotificationEntries = async (channelId: string) =>
  (await channels()).channelNotificationEntries(channelId);
export const guildMenu = async (guildId: string) => (await community()).guildMenu(guildId);
export const sidebarMenu = async (guildId: string) => (await community()).sidebarMenu(guildId);
export const folderMenu = async (folderId: number) => (await community()).folderMenu(folderId);
export const personMenu = async (userId: string, guildId?: string, groupId?: string) =>
  (await people()).personMenu(userId, guildId, groupId);
export const dmMenu = async (channelId: string) => (await conversations()).dmMenu(channelId);
export const selfMenu = async () => (await status()).selfMenu();
