// The entrance to the person's own settings, a layer over the shell.
export { default } from '#/features/settings/SettingsLayer';
