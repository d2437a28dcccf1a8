// The label of a path: 「客户 · 行业」.
import { type Field, type ObjectModel, objectIn, useModel } from '../data/model.ts'
import { useWords } from '../words/index.ts'

export function usePathLabel(object: ObjectModel): (path: string) => string {
  const t = useWords()
  const model = useModel()
  return (path) => {
    const labels: string[] = []
    let at: ObjectModel | undefined = object
    for (const step of path.split('.')) {
      const field: Field | undefined = at?.fields[step]
      labels.push(field ? t.of(field.label) : step)
      at = objectIn(model, field?.to)
    }
    return labels.join(' · ')
  }
}
