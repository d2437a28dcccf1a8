// Mantine in our clothes: its sizes, colours and shadows all point at the tokens.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const indigo: MantineColorsTuple = [
  '#EEF2F9',
  '#E6ECF6',
  '#CBD7EB',
  '#A9BFE3',
  '#9AB7EE',
  '#6C8FCF',
  '#4368AE',
  '#2B4C86',
  '#223D6E',
  '#182C51',
]
const dark: MantineColorsTuple = [
  '#E8E6E0',
  '#B7B8B8',
  '#9A9C9F',
  '#757B86',
  '#3A4049',
  '#2B3037',
  '#22262E',
  '#1A1D23',
  '#13151A',
  '#0D0F12',
]

const all = (value: string) => ({ xs: value, sm: value, md: value, lg: value, xl: value })

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 6 },
  colors: { indigo, dark },
  fontFamily: 'var(--zg-sans)',
  fontFamilyMonospace: 'var(--zg-mono)',
  headings: { fontFamily: 'var(--zg-sans)', fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '20px', xl: '24px' },
  lineHeights: { xs: '18px', sm: '22px', md: '22px', lg: '28px', xl: '32px' },
  fontWeights: { regular: '400', medium: '400', bold: '600' },
  spacing: { xs: 'var(--zg-8)', sm: 'var(--zg-12)', md: 'var(--zg-16)', lg: 'var(--zg-24)', xl: 'var(--zg-32)' },
  radius: {
    xs: 'var(--zg-radius-chip)',
    sm: 'var(--zg-radius)',
    md: 'var(--zg-radius)',
    lg: 'var(--zg-radius-large)',
    xl: 'var(--zg-radius-large)',
  },
  defaultRadius: 'sm',
  shadows: all('var(--zg-shadow)'),
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Button: {
      defaultProps: { size: 'sm' },
      vars: (_: unknown, { size, variant }: { size?: string; variant?: string }) => ({
        root: {
          '--button-height': size === 'xs' ? 'var(--zg-button-row)' : 'var(--zg-button)',
          '--button-padding-x': size === 'xs' ? 'var(--zg-8)' : 'var(--zg-12)',
          '--button-fz': size === 'xs' ? '13px' : '14px',
          ...(variant === 'subtle' ? { '--button-color': 'var(--zg-text-2)', '--button-hover': 'var(--zg-hover)' } : {}),
        },
      }),
      styles: (_: unknown, { variant }: { variant?: string }) => ({
        root: { fontWeight: variant === undefined || variant === 'filled' ? 600 : 400 },
      }),
    },
    ActionIcon: {
      defaultProps: { variant: 'subtle', size: 'sm' },
      vars: (_: unknown, { variant }: { variant?: string }) => ({
        root: {
          '--ai-size': 'var(--zg-button-row)',
          ...(variant === 'subtle' ? { '--ai-color': 'var(--zg-text-2)', '--ai-hover': 'var(--zg-hover)' } : {}),
        },
      }),
    },
    InputWrapper: {
      styles: {
        label: { font: 'var(--zg-meta)', color: 'var(--zg-text-2)', marginBottom: 'var(--zg-4)' },
        error: { font: 'var(--zg-meta)', marginTop: 'var(--zg-4)' },
        description: { font: 'var(--zg-meta)', color: 'var(--zg-text-3)' },
      },
      defaultProps: { withAsterisk: false, inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    },
    Input: {
      vars: (_: unknown, { multiline, variant }: { multiline?: boolean; variant?: string }) => ({
        wrapper: {
          '--input-fz': '14px',
          ...(variant === 'unstyled'
            ? {}
            : { '--input-bd': 'var(--zg-control)', '--input-bg': 'var(--zg-surface)', '--input-bd-focus': 'var(--zg-accent)' }),
          ...(multiline ? {} : { '--input-height': 'var(--zg-input)', '--input-padding': '10px' }),
        },
      }),
    },
    Checkbox: { defaultProps: { size: 'xs', radius: 'xs' }, styles: { label: { font: 'var(--zg-body)' } } },
    Radio: { defaultProps: { size: 'xs' } },
    Popover: { styles: { dropdown: { borderColor: 'var(--zg-line)', background: 'var(--zg-raised)' } } },
    Menu: {
      defaultProps: { shadow: 'md', position: 'bottom-end', transitionProps: { duration: 90 }, withInitialFocusPlaceholder: false },
      styles: {
        dropdown: { borderColor: 'var(--zg-line)', background: 'var(--zg-raised)' },
        item: { font: 'var(--zg-row-text)', minHeight: 'var(--zg-button)' },
        label: { font: 'var(--zg-meta)', color: 'var(--zg-text-3)' },
      },
    },
    Combobox: {
      defaultProps: { shadow: 'md' },
      styles: { dropdown: { borderColor: 'var(--zg-line)', background: 'var(--zg-raised)' }, option: { font: 'var(--zg-row-text)' } },
    },
    Select: { defaultProps: { checkIconPosition: 'right' } },
    Tooltip: {
      defaultProps: { openDelay: 300, withArrow: false, transitionProps: { duration: 90 }, multiline: true, maw: 320 },
      styles: {
        tooltip: { font: 'var(--zg-meta)', background: 'var(--zg-text)', color: 'var(--zg-surface)', padding: 'var(--zg-4) var(--zg-8)' },
      },
    },
    Modal: {
      defaultProps: {
        radius: 'lg',
        transitionProps: { duration: 120, transition: 'fade' },
        overlayProps: { backgroundOpacity: 1, color: 'var(--zg-veil)' },
      },
      styles: {
        content: { background: 'var(--zg-raised)', boxShadow: 'var(--zg-shadow)' },
        header: { background: 'var(--zg-raised)' },
        title: { font: 'var(--zg-section)' },
      },
    },
    Drawer: {
      defaultProps: {
        position: 'right',
        transitionProps: { duration: 120 },
        overlayProps: { backgroundOpacity: 1, color: 'var(--zg-veil)' },
      },
      styles: {
        content: { background: 'var(--zg-raised)', boxShadow: 'var(--zg-shadow)' },
        header: { background: 'var(--zg-raised)', borderBottom: 'var(--zg-hairline)' },
        title: { font: 'var(--zg-section)' },
      },
    },
    Tabs: { styles: { tab: { font: 'var(--zg-body)', padding: '0 var(--zg-8)' } } },
    SegmentedControl: {
      defaultProps: { size: 'xs' },
      styles: { root: { background: 'var(--zg-sunken)' }, label: { font: 'var(--zg-row-text)' } },
    },
    Notification: { styles: { root: { background: 'var(--zg-raised)' } } },
    Skeleton: { defaultProps: { animate: false } },
    Kbd: { styles: { root: { font: 'var(--zg-meta)' } } },
  },
})

const shared = {
  '--mantine-color-text': 'var(--zg-text)',
  '--mantine-color-body': 'var(--zg-surface)',
  '--mantine-color-dimmed': 'var(--zg-text-2)',
  '--mantine-color-placeholder': 'var(--zg-text-3)',
  '--mantine-color-anchor': 'var(--zg-accent)',
  '--mantine-color-error': 'var(--zg-danger)',
  '--mantine-color-success': 'var(--zg-ok)',
  '--mantine-color-bright': 'var(--zg-text)',
  '--mantine-color-default': 'var(--zg-surface)',
  '--mantine-color-default-hover': 'var(--zg-hover)',
  '--mantine-color-default-color': 'var(--zg-text)',
  '--mantine-color-default-border': 'var(--zg-control)',
  '--mantine-color-disabled': 'var(--zg-sunken)',
  '--mantine-color-disabled-color': 'var(--zg-text-3)',
  '--mantine-color-disabled-border': 'var(--zg-line-strong)',
  '--mantine-primary-color-filled': 'var(--zg-accent-fill)',
  '--mantine-primary-color-filled-hover': 'var(--zg-accent-fill-hover)',
  '--mantine-primary-color-light': 'var(--zg-selected)',
  '--mantine-primary-color-light-hover': 'var(--zg-selected)',
  '--mantine-primary-color-light-color': 'var(--zg-accent)',
  '--mantine-color-indigo-filled': 'var(--zg-accent-fill)',
  '--mantine-color-indigo-filled-hover': 'var(--zg-accent-fill-hover)',
  '--mantine-color-indigo-light': 'var(--zg-selected)',
  '--mantine-color-indigo-light-color': 'var(--zg-accent)',
  '--mantine-color-red-filled': 'var(--zg-danger)',
  '--mantine-color-red-filled-hover': 'var(--zg-danger)',
}

/** Mantine's own variables, answered by the tokens in either scheme. */
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared })
