// Where one was in a list, for the way back: kept as long as the page of the browser lives.

export interface ListPlace {
  top: number
  active: number
  selected: string[]
}

const places = new Map<string, ListPlace>()

export const rememberedPlace = (key: string): ListPlace | undefined => places.get(key)

export function rememberPlace(key: string, place: ListPlace): void {
  places.delete(key)
  places.set(key, place)
  const [oldest] = places.keys()
  if (places.size > 30 && oldest !== undefined) places.delete(oldest)
}

export const forgetPlace = (key: string): void => void places.delete(key)
