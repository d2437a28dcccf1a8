// The icons are imported one by one, by their files, which carry no types of their own.
declare module '@tabler/icons-react/dist/esm/icons/*' {
  import type { ComponentType, SVGProps } from 'react'

  const Icon: ComponentType<SVGProps<SVGSVGElement> & { size?: number | string; title?: string }>
  export default Icon
}
