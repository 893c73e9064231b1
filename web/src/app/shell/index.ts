// The signed-in application. The router renders `AppShell` around the routes under /channels, /discover,
// /inbox and /you.
export { AppShell } from './AppShell';
