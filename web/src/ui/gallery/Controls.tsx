import { Bell, Mic, Moon, Pencil, Plus, Search, Send, Settings, Sun, Trash2 } from 'lucide-react';
import { useState } from 'react';
import {
  Button,
  Checkbox,
  ColorPicker,
  Combobox,
  DateTimeField,
  Dropzone,
  IconButton,
  KeyCap,
  LinkButton,
  PasswordField,
  RadioCards,
  SearchField,
  Segmented,
  Select,
  Slider,
  Switch,
  Tabs,
  TextArea,
  TextField,
} from '#/ui';
import styles from './Gallery.module.css';

const none = () => undefined;

function Buttons() {
  const [muted, setMuted] = useState(true);
  return (
    <section className={styles.section}>
      <h2>Buttons</h2>
      {(['primary', 'secondary', 'ghost', 'danger'] as const).map((variant) => (
        <div key={variant} className={styles.row}>
          <Button variant={variant} size="l">
            Large
          </Button>
          <Button variant={variant} icon={<Plus size={18} />}>
            With icon
          </Button>
          <Button variant={variant} size="s">
            Small
          </Button>
          <Button variant={variant} busy>
            Busy now
          </Button>
          <Button variant={variant} disabled>
            Disabled
          </Button>
          <Button variant={variant} reason="Only the owner can do this">
            With reason
          </Button>
        </div>
      ))}
      <div className={styles.row}>
        <IconButton label="Settings" icon={<Settings size={20} />} keys="Mod+," />
        <IconButton label="Mute" icon={<Mic size={20} />} pressed={muted} onClick={() => setMuted(!muted)} />
        <IconButton label="Inbox" icon={<Bell size={20} />} badge={7} />
        <IconButton label="Pins" icon={<Bell size={20} />} badge />
        <IconButton label="Send" icon={<Send size={20} />} variant="primary" />
        <IconButton label="Delete" icon={<Trash2 size={20} />} variant="danger" />
        <IconButton label="Edit" size="s" icon={<Pencil size={18} />} />
        <IconButton label="Pick" icon={<Pencil size={20} />} reason="You may not edit this" />
        <LinkButton href="#controls">A link</LinkButton>
        <LinkButton>A button that looks like one</LinkButton>
        <KeyCap keys="Mod+Shift+K" />
        <KeyCap keys="Alt+Up" />
      </div>
    </section>
  );
}

function Fields() {
  const [name, setName] = useState('Ana');
  const [about, setAbout] = useState('Likes tea, trains and quiet mornings.');
  const [search, setSearch] = useState('trains');
  const [when, setWhen] = useState('2026-11-24T18:30');
  const [place, setPlace] = useState('general');
  const [people, setPeople] = useState<string[]>(['1']);
  const options = ['Ana', 'Ben', 'Chloé', 'Dmitri', 'Émile', '鈴木'].map((label, i) => ({
    id: String(i + 1),
    label,
  }));
  return (
    <section className={styles.section} id="controls">
      <h2>Fields</h2>
      <div className={styles.grid}>
        <TextField
          label="Display name"
          hint="How others see you."
          value={name}
          onChange={setName}
          counter={32}
        />
        <TextField label="Username" error="This name is taken." value="ana" prefix="@" onChange={none} />
        <TextField label="Pronouns" optional disabled value="" placeholder="they/them" onChange={none} />
        <PasswordField label="Password" value="correct horse" onChange={none} />
        <SearchField
          label="Search"
          icon={<Search size={18} />}
          value={search}
          onChange={setSearch}
          placeholder="Search"
        />
        <Select
          label="Channel"
          value={place}
          options={[
            { value: 'general', label: 'general' },
            { value: 'random', label: 'random' },
            { group: 'Staff', options: [{ value: 'mods', label: 'moderators' }] },
          ]}
          onChange={setPlace}
        />
        <Combobox
          label="People"
          multiple
          options={options}
          value={people}
          onChange={setPeople}
          placeholder="Add…"
        />
        <DateTimeField label="When" value={when} onChange={setWhen} />
        <TextArea label="About" value={about} onChange={setAbout} counter={40} />
        <Dropzone label="Drop a picture here" hint="PNG, JPEG, WebP or GIF, up to 10 MB" onFiles={none} />
      </div>
    </section>
  );
}

function Choices() {
  const [on, setOn] = useState(true);
  const [checked, setChecked] = useState(true);
  const [font, setFont] = useState(16);
  const [theme, setTheme] = useState('dark');
  const [level, setLevel] = useState('all');
  const [tab, setTab] = useState('one');
  const [color, setColor] = useState<number | null>(0x5a8dee);
  return (
    <section className={styles.section}>
      <h2>Choices</h2>
      <div className={styles.grid}>
        <div>
          <Switch label="Link previews" hint="Shows what a link leads to." checked={on} onChange={setOn} />
          <Switch label="Off" checked={false} onChange={none} />
          <Switch label="Not yours to change" reason="The owner has locked this." checked onChange={none} />
          <Checkbox
            label="Delete their messages"
            hint="Of the last 7 days"
            checked={checked}
            onChange={setChecked}
          />
          <Checkbox label="Some of them" indeterminate checked={false} onChange={none} />
          <Checkbox label="Disabled" disabled checked={false} onChange={none} />
        </div>
        <RadioCards
          label="Notify me about"
          options={[
            { value: 'all', label: 'All messages', hint: 'Every message in every channel' },
            { value: 'mentions', label: 'Mentions', hint: 'Only what calls me by name' },
            { value: 'none', label: 'Nothing' },
          ]}
          value={level}
          onChange={setLevel}
        />
        <div className={styles.stack}>
          <Segmented
            label="Theme"
            hideLabel={false}
            options={[
              { value: 'light', label: 'Light', icon: <Sun size={16} /> },
              { value: 'dark', label: 'Dark', icon: <Moon size={16} /> },
              { value: 'coal', label: 'Coal' },
            ]}
            value={theme}
            onChange={setTheme}
          />
          <Slider
            label="Font size"
            value={font}
            min={12}
            max={24}
            format={(v) => `${v} px`}
            onChange={setFont}
          />
          <Slider label="Disabled" value={40} min={0} max={100} disabled onChange={none} />
        </div>
        <ColorPicker label="Colour" optional value={color} onChange={setColor} />
      </div>
      <Tabs
        label="Friends"
        value={tab}
        onChange={setTab}
        tabs={[
          { id: 'one', label: 'Online', count: 3 },
          { id: 'two', label: 'All' },
          { id: 'three', label: 'Pending', count: 120 },
        ]}
      >
        <p style={{ paddingBlock: 12 }}>Content of {tab}.</p>
      </Tabs>
    </section>
  );
}

export const Controls = () => (
  <>
    <Buttons />
    <Fields />
    <Choices />
  </>
);
