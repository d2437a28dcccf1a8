// Whether a widget stands in a popover: then what it opens stays inside, so that choosing does not close the popover.
import { createContext } from 'react'

export const InPopover = createContext(false)
