// What is drawn: halls with their booths, stands from the front and from above, products, business cards.
import { chance } from '../chance.ts'
import { type Canvas, canvas, type Ink } from './canvas.ts'

/** A hall from above: rows of booths, the sold ones grey, `ours` in indigo with its number. */
export function hallPlan(hall: string, sold: number, ours: readonly string[]): Uint8Array {
  const draw = chance(`hall ${hall}`)
  const page = canvas(640, 420)
  page.rect(0, 0, 640, 420, 'paper')
  page.frame(20, 40, 600, 350, 'text')
  page.text(20, 12, `HALL ${hall}`, 'text', 4)
  page.rect(300, 386, 60, 8, 'paper')
  page.text(306, 398, 'ENTRANCE', 'grey')
  let number = 1
  for (let block = 0; block < 6; block++)
    for (let row = 0; row < 4; row++)
      for (let side = 0; side < 2; side++)
        for (let i = 0; i < 3; i++) {
          const x = 38 + block * 96 + i * 27
          const y = 58 + row * 80 + side * 26
          const name = `${hall.charAt(hall.length - 1)}${String(number++).padStart(2, '0')}`
          const mine = ours.includes(name)
          page.rect(x, y, 26, 25, mine ? 'indigo' : draw.percent(sold) ? 'line' : 'mint')
          page.frame(x, y, 26, 25, 'grey')
          page.text(x + 2, y + 9, name, mine ? 'paper' : 'text', 1)
        }
  return page.png()
}

/** A stand in parallel view: floor, two walls, a fascia, counters and a screen. */
export function stand(wall: Ink, accent: Ink, squareMetres: number): Uint8Array {
  const page = canvas(520, 360)
  page.rect(0, 0, 520, 360, 'sunken')
  page.rect(0, 250, 520, 110, 'floor')
  page.area(
    [
      [60, 270],
      [260, 210],
      [470, 262],
      [262, 330],
    ],
    'paper',
  )
  page.area(
    [
      [60, 270],
      [60, 110],
      [260, 62],
      [260, 210],
    ],
    wall,
  )
  page.area(
    [
      [260, 210],
      [260, 62],
      [470, 112],
      [470, 262],
    ],
    'sky',
  )
  page.area(
    [
      [60, 110],
      [60, 84],
      [260, 38],
      [260, 62],
    ],
    accent,
  )
  page.area(
    [
      [260, 62],
      [260, 38],
      [470, 86],
      [470, 112],
    ],
    accent,
  )
  page.area(
    [
      [110, 196],
      [110, 140],
      [210, 115],
      [210, 168],
    ],
    'text',
  )
  page.area(
    [
      [300, 282],
      [300, 252],
      [352, 240],
      [352, 270],
    ],
    accent,
  )
  page.area(
    [
      [352, 270],
      [352, 240],
      [384, 248],
      [384, 278],
    ],
    'line',
  )
  for (const [x, y] of [
    [180, 278],
    [214, 290],
    [236, 268],
  ] as const)
    page.rect(x, y, 16, 10, 'ochre')
  page.text(300, 90, `${squareMetres} M2`, 'paper', 4)
  page.text(14, 14, 'YUANLAN', 'grey', 2)
  return page.png()
}

/** Where power and hanging points are. */
export function technicalPlan(width: number, depth: number): Uint8Array {
  const page = canvas(480, 320)
  page.rect(0, 0, 480, 320, 'paper')
  for (let x = 40; x <= 440; x += 40) page.line(x, 40, x, 280, 'floor')
  for (let y = 40; y <= 280; y += 40) page.line(40, y, 440, y, 'floor')
  page.frame(40, 40, 401, 241, 'text')
  for (const [x, y] of [
    [80, 80],
    [240, 80],
    [400, 80],
    [80, 240],
    [240, 240],
    [400, 240],
  ] as const) {
    page.rect(x - 5, y - 5, 10, 10, 'seal')
    page.text(x + 8, y - 5, '25A', 'seal', 2)
  }
  for (const x of [120, 200, 280, 360]) {
    page.line(x - 6, 160, x + 6, 160, 'indigo')
    page.line(x, 154, x, 166, 'indigo')
  }
  page.text(190, 292, `${width} X ${depth} M`, 'text', 3)
  page.text(40, 12, 'POWER AND HANGING POINTS', 'grey', 2)
  return page.png()
}

/** A product on a plain ground. */
export function productPicture(code: string): Uint8Array {
  const page = canvas(320, 240)
  page.rect(0, 0, 320, 240, 'paper')
  page.rect(0, 190, 320, 50, 'sunken')
  shapes[code]?.(page)
  page.text(14, 214, code, 'grey', 3)
  return page.png()
}

const shapes: Record<string, (page: Canvas) => void> = {
  'EX-B9': (page) => booth(page, true),
  'EX-C9': (page) => booth(page, false),
  'BD-W': (page) => {
    page.rect(50, 60, 220, 130, 'sand')
    for (let x = 50; x < 270; x += 22) page.line(x, 60, x, 190, 'orange')
    page.rect(50, 42, 220, 20, 'ochre')
    page.rect(190, 140, 60, 50, 'text')
  },
  'BD-T': (page) => {
    for (const x of [50, 258]) page.frame(x, 40, 14, 150, 'grey')
    page.frame(50, 30, 222, 14, 'grey')
    for (let x = 50; x < 264; x += 14) page.line(x, 44, x + 14, 30, 'grey')
    page.rect(70, 54, 182, 128, 'indigo')
  },
  'BD-SET': (page) => {
    page.rect(60, 50, 200, 140, 'sky')
    page.rect(80, 70, 90, 60, 'text')
    page.rect(200, 150, 40, 40, 'ochre')
    page.rect(60, 36, 200, 16, 'indigo')
  },
  'TR-PU3': (page) => {
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) page.rect(86 + i * 50, 40 + j * 50, 48, 48, (i + j) % 2 ? 'sky' : 'indigo')
  },
  'TR-LB1': (page) => {
    page.rect(120, 24, 82, 166, 'grey')
    page.rect(126, 30, 70, 154, 'sand')
    page.rect(136, 60, 50, 50, 'orange')
  },
  'TR-RB8': (page) => {
    page.rect(130, 30, 64, 150, 'teal')
    page.rect(122, 178, 80, 12, 'grey')
    page.rect(140, 44, 44, 20, 'mint')
  },
}

function booth(page: Canvas, closed: boolean): void {
  page.area(
    [
      [70, 190],
      [70, 60],
      [250, 60],
      [250, 190],
    ],
    'mint',
  )
  page.rect(60, 48, 200, 16, 'teal')
  page.rect(60, 48, 6, 142, 'grey')
  if (closed) page.rect(254, 48, 6, 142, 'grey')
  page.rect(120, 150, 60, 40, 'paper')
  page.frame(120, 150, 60, 40, 'grey')
}

/** A card as it was photographed at the registration desk. */
export function businessCard(number: string): Uint8Array {
  const page = canvas(360, 220)
  page.rect(0, 0, 360, 220, 'line')
  page.rect(16, 16, 328, 188, 'paper')
  page.rect(16, 16, 10, 188, 'seal')
  page.rect(44, 44, 120, 18, 'text')
  page.rect(44, 74, 80, 8, 'grey')
  page.text(44, 130, number, 'text', 3)
  page.rect(44, 164, 180, 6, 'line')
  return page.png()
}
