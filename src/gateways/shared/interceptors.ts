/** What a shop's own interceptors may do to a call: see it, hold it up, refuse it, and add headers to it. */

import type { Axios, InternalAxiosRequestConfig } from "axios"
import type { HttpMethod, WireRequest } from "./request"

/**
 * Adds interceptors to the axios instance through which a gateway is called. They see the address, the method, and of the
 * answer status and headers; neither the client's own headers nor a body, which hold secrets and people's data.
 */
export type ConfigureHttp = (instance: InstanceType<typeof Axios>) => void

/**
 * The headers as they are sent, names and values in turn, which undici takes at the least cost: the client's own, and after
 * them what interceptors have added.
 *
 * @throws an error with the code `ERR_CHANGED_BY_INTERCEPTOR` where the request is not any more what the client signed
 */
export function writtenHeaders(
  method: HttpMethod,
  { headers, url }: WireRequest,
  config: InternalAxiosRequestConfig
): string[] {
  const { url: changedUrl, method: changedMethod, data, params, baseURL } = config
  if (
    changedUrl !== url ||
    changedMethod?.toUpperCase() !== method ||
    (data ?? params ?? baseURL) !== undefined
  ) {
    throw changedBy("its address, method or body")
  }
  const written: string[] = []
  for (const name of Object.keys(headers)) {
    const value = headers[name]
    if (typeof value === "string") {
      written.push(name, value)
    }
  }
  for (const name of Object.keys(config.headers)) {
    if (name !== contentType || config.headers[name] !== axiosContentType) {
      addHeader(written, name, config.headers[name], headers)
    }
  }
  return written
}

/** What axios itself names where there is none: the client's own headers have the right one. */
const contentType = "Content-Type"
const axiosContentType = "application/x-www-form-urlencoded"

/** They say where a request ends, who it is for and who sends it. */
const reserved =
  /^(?:host|connection|content-.*|transfer-encoding|keep-alive|upgrade|expect|te|trailer|proxy-.*)$/

function addHeader(
  written: string[],
  name: string,
  value: unknown,
  own: WireRequest["headers"]
): void {
  const lower = name.toLowerCase()
  if (value === null || value === undefined || value === false) {
    return
  }
  if (reserved.test(lower) || Object.keys(own).some((header) => header.toLowerCase() === lower)) {
    throw changedBy(`its header ${lower}`)
  }
  written.push(name, String(value))
}

function changedBy(what: string): Error {
  return Object.assign(new Error(`an interceptor changed ${what}`), {
    code: "ERR_CHANGED_BY_INTERCEPTOR",
  })
}
