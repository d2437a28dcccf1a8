// For whom the documentation is: signed in, one finds one's own objects in it; otherwise the routes alone.
import type { FastifyRequest } from 'fastify'
import about from '../../../package.json' with { type: 'json' }
import { callOf } from '../../access/call.ts'
import { principalOf } from '../../access/principal.ts'
import type { WireModel } from '../../model/api.ts'
import { isProblem } from '../../model/problem.ts'
import type { Language } from '../../model/text.ts'
import type { Workspace } from '../../store/workspace.ts'
import { sessionOf, tokensOf } from '../caller.ts'
import { languageOf } from '../language.ts'
import { wireModel } from '../model.ts'
import type { System } from '../system.ts'

export const { version } = about

export interface Reader {
  workspace: Workspace
  language: Language
  model: WireModel | null
}

export async function readerOf(system: System, http: FastifyRequest): Promise<Reader> {
  const workspace = await system.workspaces.of(http.hostname)
  const asked = languageOf(http.headers['accept-language'])
  const { cookie, bearer } = tokensOf(http)
  const session = await sessionOf(system, workspace, cookie, bearer)
  const principal = session
    ? await principalOf(workspace, session.user).catch((refused) => {
        if (isProblem(refused) && refused.status < 500) return null
        throw refused
      })
    : null
  if (!principal) return { workspace, language: asked ?? (workspace.settings.language as Language), model: null }
  const call = await callOf(workspace, principal, asked ? { language: asked } : {})
  return { workspace, language: call.language, model: wireModel(call) }
}
