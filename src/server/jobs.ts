// Work under way: one's own long jobs, and for administrators everything that waits, runs or failed.
import { jobList, retryJob } from '../flow/jobList.ts'
import { text } from '../model/text.ts'
import { jobShown } from './records/bulkJob.ts'
import { data, type Route } from './route.ts'

const tag = 'Jobs'

export const jobRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/jobs',
    who: 'administrator',
    tag,
    summary: text('What waits, runs and failed', '等待、运行和失败的后台任务'),
    run: async ({ call }) => data(await jobList(call)),
  },
  {
    method: 'GET',
    path: '/jobs/:id',
    who: 'user',
    tag,
    summary: text('How a job that a bulk call began goes', '批量操作任务的进度'),
    run: async ({ call, params }) => data(await jobShown(call, params.id as string)),
  },
  {
    method: 'POST',
    path: '/jobs/:id/retry',
    who: 'administrator',
    tag,
    summary: text('Let a failed or waiting job run now', '立即重试失败或等待的任务'),
    status: 204,
    async run({ call, params }) {
      await retryJob(call, params.id as string)
      return {}
    },
  },
]
