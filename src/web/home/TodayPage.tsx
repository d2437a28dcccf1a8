// To come.
import { Page } from '../shell/Page.tsx'

export const TodayPage = () => <Page title="TodayPage">{null}</Page>
