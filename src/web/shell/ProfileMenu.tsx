// The person at the foot of the navigation: language, colours, density, keys, account, leaving.
import { Menu, UnstyledButton } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { signOut, useLikings, useMe } from '../data/session.ts'
import { useShortMoney } from '../format/useFormat.ts'
import { Initials } from '../look/Initials.tsx'
import { IconLogout, IconUser } from '../look/icons.ts'
import { languageNames } from '../words/calendar.ts'
import { useWords } from '../words/index.ts'
import styles from './ProfileMenu.module.css'

export function ProfileMenu({ folded }: { folded: boolean }) {
  const t = useWords()
  const me = useMe()
  const navigate = useNavigate()
  const { likings, set } = useLikings()
  const [short, setShort] = useShortMoney()
  const choose = <T extends string>(options: readonly (readonly [T, string])[], value: T, pick: (value: T) => void) => (
    <Menu.RadioGroup value={value} onChange={(name) => pick(name as T)}>
      {options.map(([name, label]) => (
        <Menu.RadioItem key={name} value={name} closeMenuOnClick={false}>
          {label}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  )
  return (
    <Menu position="right-end" width={220}>
      <Menu.Target>
        <UnstyledButton className={styles.person} data-folded={folded || undefined} aria-label={folded ? me.user.name : undefined}>
          <Initials name={me.user.name} />
          {!folded && (
            <span className={styles.words}>
              <b>{me.user.name}</b>
              <span>{me.user.department?.title ?? me.company.name}</span>
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconUser />} onClick={() => void navigate({ to: '/me' })}>
          {t('shell.security')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('shell.language')}</Menu.Label>
        {choose(Object.entries(languageNames) as ['zh-CN' | 'en', string][], likings.language, (language) => set({ language }))}
        <Menu.Label>{t('shell.theme')}</Menu.Label>
        {choose(
          [
            ['light', t('shell.themeLight')],
            ['dark', t('shell.themeDark')],
            ['system', t('shell.themeSystem')],
          ] as const,
          likings.theme,
          (theme) => set({ theme }),
        )}
        <Menu.Label>{t('shell.density')}</Menu.Label>
        {choose(
          [
            ['compact', t('shell.densityCompact')],
            ['default', t('shell.densityDefault')],
            ['roomy', t('shell.densityRoomy')],
          ] as const,
          likings.density,
          (density) => set({ density }),
        )}
        <Menu.Divider />
        <Menu.CheckboxItem closeMenuOnClick={false} checked={short} onChange={setShort}>
          {t('shell.bigNumbers')}
        </Menu.CheckboxItem>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout />} onClick={() => void signOut().then(() => navigate({ to: '/sign-in' }))}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
