// The name with its seal: the one cinnabar mark of the house. The character is drawn, so that it shows where no Chinese font is.
import styles from './WordMark.module.css'

export function Seal({ size = 24 }: { size?: number }) {
  return (
    <svg className={styles.seal} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <rect width="24" height="24" rx="3" />
      <path d="M12 2.8v2.8M8 3.4l1.1 1.9M16 3.4l-1.1 1.9M4.6 9.2V7h14.8v2.2M9 9.4h6v2.9H9zM7.4 14.7h9.2M4.6 17.6h14.8M12 14.7v5.4q0 1.3-2 1.1" />
    </svg>
  )
}

export function WordMark({ name, size }: { name: string; size?: number }) {
  return (
    <span className={styles.mark}>
      <Seal {...(size === undefined ? {} : { size })} />
      <span className={styles.name}>{name}</span>
    </span>
  )
}
