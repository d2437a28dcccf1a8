// The web application: `npx vite` serves it while developing, with a running Zhanggui behind it; bin/build.js builds it.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: { outDir: '../../dist/web', emptyOutDir: true, target: 'es2022', reportCompressedSize: false, chunkSizeWarningLimit: 1500 },
  server: { proxy: { '/api': process.env.ZG_DEVELOP ?? 'http://127.0.0.1:3000' } },
})
