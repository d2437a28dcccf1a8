// A dialog as this application uses it: named, closed by a button that says so.
import { Modal, type ModalProps } from '@mantine/core'
import { useWords } from '../words/index.ts'

export function Dialog({ close, ...rest }: Omit<ModalProps, 'opened' | 'onClose'> & { close(): void }) {
  const t = useWords()
  return <Modal opened onClose={close} closeButtonProps={{ 'aria-label': t('common.close') }} {...rest} />
}
