// To come.
import { Page } from '../shell/Page.tsx'

export const ImportPage = () => <Page title="ImportPage">{null}</Page>
