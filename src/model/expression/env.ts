// What an expression may ask of the world while it is computed. Everything is given; nothing is fetched.

export interface Env {
  /** The plain value of a field of the record at hand; null or undefined when blank. */
  get(name: string): unknown
  /** The plain value of a field of a referenced record; left out, references cannot be followed and give blank. */
  related?(object: string, id: string, field: string): unknown
  /** The moment, RFC 3339 in UTC. */
  now(): string
  /** The company's day, `YYYY-MM-DD`. */
  today(): string
  /** The id of the user who acts. */
  me(): string | null
  /** IANA time zone in which moments fall on days; UTC when left out. */
  timeZone?: string | undefined
  /** The company's currency: bare numbers beside money are amounts in it. */
  currency?: string | undefined
}
