// Files: brought up as soon as they are chosen, named until the record is saved.
import { Button, FileButton, Pill } from '@mantine/core'
import { useState } from 'react'
import type { WireFile } from '../../../model/api.ts'
import { isRefused } from '../../data/client.ts'
import { upload } from '../../data/files.ts'
import { IconUpload } from '../../look/icons.ts'
import { useWords } from '../../words/index.ts'
import styles from '../FieldEdit.module.css'
import { type EditProps, useFrame } from '../FieldEdit.tsx'

export function FileEdit(props: EditProps) {
  const t = useWords()
  const { label, error, disabled } = useFrame(props)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const several = props.field.type === 'files'
  const known = (several ? (props.value as unknown[] | null) : props.value ? [props.value] : []) ?? []
  const files = known as Partial<WireFile>[]
  const bring = async (chosen: File[]) => {
    setBusy(true)
    setTrouble(null)
    try {
      const brought = await Promise.all(chosen.map((file) => upload(file)))
      props.onChange(several ? [...files, ...brought] : (brought[0] ?? null))
    } catch (refused) {
      setTrouble(isRefused(refused) ? refused.problem.detail : (refused as Error).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <fieldset className={styles.set} disabled={disabled}>
      {label && <legend className={styles.legend}>{label}</legend>}
      <div className={styles.files}>
        {files.map((file) => (
          <Pill
            key={file.id}
            withRemoveButton
            onRemove={() => props.onChange(several ? files.filter((other) => other.id !== file.id) : null)}
          >
            {file.name ?? file.id}
          </Pill>
        ))}
        <FileButton
          multiple={several as true}
          accept={props.field.type === 'image' ? 'image/*' : undefined}
          onChange={(chosen) => void bring(Array.isArray(chosen) ? chosen : chosen ? [chosen] : [])}
        >
          {(button) => (
            <Button {...button} variant="default" size="xs" loading={busy} leftSection={<IconUpload />}>
              {t('form.chooseFile')}
            </Button>
          )}
        </FileButton>
      </div>
      {(trouble ?? error) && <p className={styles.error}>{trouble ?? error}</p>}
    </fieldset>
  )
}
