import { extname, join, sep } from "node:path"
import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import express from "express"

type Middleware = (req: MedusaRequest, res: MedusaResponse, next: MedusaNextFunction) => void

/** Vite writes a hash of the content into the names of the files in here. */
const HASHED = `${sep}assets${sep}`

/**
 * Serves the built storefront: its files as they are, and its one page for every address that names no file: the
 * page finds out from the address what to show.
 */
export function storefrontFiles(folder: string): Middleware[] {
  const files = express.static(folder, {
    index: false,
    redirect: false,
    setHeaders: (res, path) => {
      const lifetime = path.includes(HASHED) ? "public, max-age=31536000, immutable" : "no-cache"
      res.setHeader("cache-control", lifetime)
    },
  })
  const page: Middleware = (req, res, next) => {
    const opensPage = ["GET", "HEAD"].includes(req.method) && extname(req.path) === ""
    if (!opensPage) return next()
    res.sendFile(join(folder, "index.html"), { headers: { "cache-control": "no-cache" } })
  }
  return [files, page]
}
