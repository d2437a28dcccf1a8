// To come.
import { Page } from '../shell/Page.tsx'

export const PeoplePage = () => <Page title="PeoplePage">{null}</Page>
