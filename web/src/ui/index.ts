// The design system: everything other parts use of it.

export { Avatar, AvatarStack, initials, type Status, StatusMark, seedHue } from './Avatar';
export { announce, announced } from './announce';
export { Badge, Pill } from './Badge';
export { Banner } from './Banner';
export { Button, IconButton, LinkButton } from './Button';
export { Checkbox, RadioCards, Segmented, Switch } from './Choice';
export { ColorPicker, hueTrack } from './ColorPicker';
export { Combobox, type ComboOption } from './Combobox';
export { confirm } from './confirm';
export { cx } from './cx';
export { DateTimeField, localDateTime } from './DateTimeField';
export { Dialog, type DialogProps, Sheet } from './Dialog';
export { Dropzone } from './Dropzone';
export { Field, type FieldProps } from './Field';
export { FormDialog } from './FormDialog';
export { isTextField, keysOf, normalKeys, useHotkeys } from './hotkeys';
export * from './icons/drawings';
export { Logo, Wordmark } from './icons/Logo';
export { KeyCap, keyNames } from './KeyCap';
export { Layer, useLayer } from './layers/Layer';
export { type Align, type Anchor, place, type Side } from './layers/place';
export { closeTop, focusables, isCovered, type LayerKind, layersRoot, onLayers } from './layers/stack';
export { Cropper, QR } from './lazy';
export { closeMenu, type MenuEntry, type MenuItem, openMenu } from './menu';
export { type NavItem, NavList, roving } from './NavList';
export { Overlays } from './Overlays';
export { Popover } from './Popover';
export { Meter, Progress } from './Progress';
export { pickFiles, pickPicture } from './pick';
export {
  type Density,
  loadPreferences,
  type Preferences,
  preferences,
  setPreferences,
  usePreferences,
} from './preferences';
export { Select } from './Select';
export { Slider } from './Slider';
export { Spinner } from './Spinner';
export { Splitter } from './Splitter';
export { EmptyState, ErrorState, Skeleton, useErrorText, useSlow } from './States';
export { Tabs } from './Tabs';
export { PasswordField, SearchField, TextArea, TextField } from './TextField';
export { Tooltip, tip } from './Tooltip';
export { applyTheme, safeMode, startTheme, type Theme, useReadable, useTheme } from './theme';
export { dismissToast, type ToastOptions, toast } from './toast';
export { VisuallyHidden } from './VisuallyHidden';
