// A person as a small square: the last two characters of a Chinese name, the initials of any other. Colour says nothing, it only helps the eye.
import { colours } from '../../model/field.ts'
import styles from './Initials.module.css'

export function initialsOf(name: string): string {
  const trimmed = name.trim()
  if (/\p{Script=Han}/u.test(trimmed)) return [...trimmed.replace(/[·•\s].*$/u, '')].slice(-2).join('')
  const words = trimmed.split(/\s+/)
  return words.length > 1 ? `${words[0]?.charAt(0) ?? ''}${words.at(-1)?.charAt(0) ?? ''}`.toUpperCase() : trimmed.slice(0, 2)
}

export function Initials({ name, small = false }: { name: string; small?: boolean }) {
  let sum = 0
  for (const character of name) sum += character.codePointAt(0) ?? 0
  const colour = colours[1 + (sum % (colours.length - 1))] ?? 'indigo'
  return (
    <span
      className={styles.initials}
      data-small={small || undefined}
      style={{ background: `var(--zg-${colour}-bg)`, color: `var(--zg-${colour})` }}
      aria-hidden="true"
    >
      {initialsOf(name)}
    </span>
  )
}
