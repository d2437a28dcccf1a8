// What can go wrong with the embedded database, each as one line that a person can act on.

/** An error whose message is the whole explanation: the command line prints it without a stack. */
export type EmbeddedError = Error & { name: 'EmbeddedError' }

export function embeddedError(message: string): EmbeddedError {
  return Object.assign(new Error(message), { name: 'EmbeddedError' as const })
}

export function isEmbeddedError(value: unknown): value is EmbeddedError {
  return value instanceof Error && value.name === 'EmbeddedError'
}
