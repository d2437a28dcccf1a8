// To come.
import { Page } from '../shell/Page.tsx'

export const ProfilePage = () => <Page title="ProfilePage">{null}</Page>
