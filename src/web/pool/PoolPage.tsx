// To come.
import { Page } from '../shell/Page.tsx'

export const PoolPage = () => <Page title="PoolPage">{null}</Page>
