// Filters so simple that an index can carry them: fields equal to plain values.

/** Whether the record meets an equality-only filter such as `{ primary: true }`; true without one. */
export const matchesSimple = (where: Record<string, unknown> | undefined, record: Record<string, unknown>): boolean =>
  Object.entries(where ?? {}).every(([name, value]) => (record[name] ?? null) === value)
