// What was just done, with the way back, at the lower left where it covers nothing that is read next.
import { ActionIcon, Button } from '@mantine/core'
import { dismiss, undo, useOffer } from '../data/undo.ts'
import { IconX } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import { useKeys } from './keys.ts'
import styles from './UndoBar.module.css'

export function UndoBar() {
  const t = useWords()
  const offer = useOffer()
  const run = () => void undo(t('common.undone'))
  useKeys({ 'mod+z': run }, { active: offer?.undo !== null && offer?.state === 'open' })
  return (
    <div className={styles.place} role="status" aria-live="polite">
      {offer && (
        <div className={styles.bar} data-tone={offer.tone}>
          <span>{offer.text}</span>
          {offer.undo && (
            <Button size="xs" variant="default" onClick={run} loading={offer.state === 'running'}>
              {t('common.undo')}
            </Button>
          )}
          <ActionIcon aria-label={t('common.close')} onClick={dismiss}>
            <IconX />
          </ActionIcon>
        </div>
      )}
    </div>
  )
}
