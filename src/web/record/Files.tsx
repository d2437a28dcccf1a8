// The files of a record.
import { ActionIcon, FileButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { WireFile } from '../../model/api.ts'
import { get, isRefused, request, send } from '../data/client.ts'
import { upload } from '../data/files.ts'
import type { ObjectModel } from '../data/model.ts'
import { keys } from '../data/queries.ts'
import { refresh } from '../data/records.ts'
import { offerUndo, sayTrouble } from '../data/undo.ts'
import { sizeText } from '../format/time.ts'
import { IconPlus, IconX } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import styles from './Related.module.css'

export function Files({ object, id, mayAdd, always = false }: { object: ObjectModel; id: string; mayAdd: boolean; always?: boolean }) {
  const t = useWords()
  const path = `/records/${object.name}/${id}/files`
  const { data = [] } = useQuery({
    queryKey: keys.part(object.name, id, 'files'),
    queryFn: ({ signal }) => get<WireFile[]>(path, {}, signal),
  })
  const add = async (files: File[]) => {
    try {
      for (const file of files) await upload(file, { object: object.name, record: id })
      await refresh()
    } catch (refused) {
      sayTrouble(isRefused(refused) ? refused.problem.detail : (refused as Error).message)
    }
  }
  const remove = async (file: WireFile) => {
    try {
      await request('DELETE', `${path}/${file.id}`)
      offerUndo(t('record.deleted', { title: file.name }), async () => {
        await send('POST', path, { file: file.id })
        await refresh()
      })
      await refresh()
    } catch (refused) {
      sayTrouble(isRefused(refused) ? refused.problem.detail : (refused as Error).message)
    }
  }
  if (data.length === 0 && !always && !mayAdd) return null
  return (
    <section className={styles.list} aria-label={t('record.files')}>
      <div className={styles.head}>
        <h2>{t('record.files')}</h2>
        <span className={styles.count}>{data.length > 0 ? data.length : ''}</span>
        {mayAdd && (
          <FileButton multiple onChange={(files) => void add(files)}>
            {(button) => (
              <ActionIcon {...button} aria-label={t('record.attach')}>
                <IconPlus />
              </ActionIcon>
            )}
          </FileButton>
        )}
      </div>
      <ul>
        {data.map((file) => (
          <li key={file.id} className={styles.file}>
            <a href={`/api/v1/files/${file.id}`} target="_blank" rel="noreferrer" title={`${file.name} · ${sizeText(file.size)}`}>
              {file.name}
            </a>
            {mayAdd && (
              <ActionIcon aria-label={`${t('common.delete')} ${file.name}`} onClick={() => void remove(file)}>
                <IconX />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
