// The keys, all on one sheet.
import { Kbd } from '@mantine/core'
import { Fragment } from 'react'
import { Dialog } from '../look/Dialog.tsx'
import { useWords } from '../words/index.ts'
import styles from './KeySheet.module.css'
import type { PlaceGroup } from './places.ts'

export function KeySheet({ groups, close }: { groups: PlaceGroup[]; close: () => void }) {
  const t = useWords()
  const parts: [string, [string, string][]][] = [
    [
      t('shell.keysAll'),
      [
        ['Ctrl K', t('shell.keySearch')],
        ['?', t('shell.keySheet')],
        ['Ctrl Z', t('common.undo')],
        ['G', t('shell.keyGo')],
        ...groups.flatMap((group) =>
          group.places.flatMap((place): [string, string][] => (place.letter ? [[`G ${place.letter}`, place.label]] : [])),
        ),
      ],
    ],
    [
      t('shell.keysList'),
      [
        ['J K', t('shell.keyMove')],
        ['Enter', t('shell.keyOpen')],
        ['Space', t('shell.keyPeek')],
        ['X', t('shell.keySelect')],
        ['C', t('shell.keyNew')],
        ['F', t('shell.keyFilter')],
        ['A', t('shell.keyAssign')],
      ],
    ],
    [
      t('shell.keysRecord'),
      [
        ['E', t('shell.keyEdit')],
        ['N', t('shell.keyFollowUp')],
        ['S', t('shell.keyStage')],
        ['A', t('shell.keyAssign')],
      ],
    ],
  ]
  return (
    <Dialog close={close} title={t('shell.keys')} size={720}>
      <div className={styles.parts}>
        {parts.map(([title, rows]) => (
          <section key={title}>
            <h2>{title}</h2>
            <dl className={styles.rows}>
              {rows.map(([key, what]) => (
                <Fragment key={key}>
                  <dt>
                    {key.split(' ').map((one) => (
                      <Kbd key={one}>{one}</Kbd>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
