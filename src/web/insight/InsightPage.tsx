// To come.
import { Page } from '../shell/Page.tsx'

export const InsightPage = () => <Page title="InsightPage">{null}</Page>
