// Where asked-for forms open; the form itself comes when it is first needed.
import { lazy, Suspense } from 'react'
import { closeForm, useAskedForms } from './openForm.ts'

const FormDrawer = lazy(() => import('./FormDrawer.tsx').then((file) => ({ default: file.FormDrawer })))

export function FormHost() {
  const asked = useAskedForms()
  return (
    <Suspense>
      {asked.map((request) => (
        <FormDrawer key={request.number} request={request} close={() => closeForm(request.number)} />
      ))}
    </Suspense>
  )
}
