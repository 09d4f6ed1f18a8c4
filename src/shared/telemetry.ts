import {
  type Attributes,
  context,
  type Counter,
  type Histogram,
  type Meter,
  metrics,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@medusajs/framework/opentelemetry/api"
import type { GatewayCallRecord } from "../gateways/shared/request"

/**
 * Traces and metrics, through the OpenTelemetry API: they cost next to nothing, and go nowhere, until the shop registers
 * an SDK in its `instrumentation.ts`, as Medusa has it. A payment's spans carry its reference (`referenceAttribute`), and
 * nothing that is secret or about a person.
 */

const instrumentationName = "medusa-regional-payments"

/** One payment, refund, capture or payout: what its spans, its rows and its log lines have in common. */
const referenceAttribute = "gateway_payment.reference"

/** What became of a message at a webhook's address. */
export type WebhookMark =
  "verified" | "unsigned" | "forged" | "unreadable" | "duplicate" | "limited" | "foreign"

/** Counts a message of a provider's; one that was verified and came before counts as both. */
export function countWebhook(providerId: string, mark: WebhookMark): void {
  instruments().webhooks.add(1, { "gateway.provider": providerId, "gateway.webhook.mark": mark })
}

/** What the work on a message came to: it ended, it is tried again, or it was given up. */
export function countWebhookWork(
  providerId: string,
  result: "done" | "retried" | "given_up"
): void {
  const attributes = { "gateway.provider": providerId, "gateway.webhook.result": result }
  instruments().webhookWork.add(1, attributes)
}

/** Counts an attempt of a call to a gateway, and makes a span of it within the one that is active. */
export function recordGatewayCall(record: GatewayCallRecord, providerId: string | undefined): void {
  const attributes: Attributes = {
    "gateway.name": record.gateway,
    "gateway.operation": record.operation,
    "gateway.outcome": record.outcome,
    ...(providerId === undefined ? {} : { "gateway.provider": providerId }),
    ...(record.reason === undefined ? {} : { "gateway.reason": record.reason }),
  }
  const { calls, callDuration } = instruments()
  calls.add(1, attributes)
  callDuration.record(record.ms / 1_000, attributes)
  const end = Date.now()
  const span = trace
    .getTracer(instrumentationName)
    .startSpan(`${record.gateway} ${record.operation}`, {
      kind: SpanKind.CLIENT,
      startTime: end - record.ms,
      attributes: {
        ...attributes,
        "http.request.method": record.method,
        "http.request.resend_count": record.attempt - 1,
        "url.template": record.path,
        ...(record.httpStatus === undefined
          ? {}
          : { "http.response.status_code": record.httpStatus }),
      },
    })
  if (record.outcome !== "answered") {
    span.setStatus({ code: SpanStatusCode.ERROR, message: record.reason })
  }
  span.end(end)
}

/** What a span is about. */
type SpanSubject = {
  reference?: string
  providerId?: string
  /** Of the trace that it goes on with, as `presentTraceparent` gave it; else it is a child of the active span. */
  traceparent?: string | null
}

/**
 * Runs `work` within a span. An error is noted by its class alone: messages of gateways' errors are for the log.
 *
 * @returns what `work` returns, and throws what it throws
 */
export async function inSpan<T>(
  name: string,
  { reference, providerId, traceparent }: SpanSubject,
  work: () => Promise<T>
): Promise<T> {
  const parent = traceparent
    ? propagation.extract(context.active(), { traceparent })
    : context.active()
  const attributes: Attributes = {
    ...(reference === undefined ? {} : { [referenceAttribute]: reference }),
    ...(providerId === undefined ? {} : { "gateway.provider": providerId }),
  }
  const tracer = trace.getTracer(instrumentationName)
  return await tracer.startActiveSpan(name, { attributes }, parent, async (span) => {
    try {
      return await work()
    } catch (error) {
      const message = error instanceof Error ? error.name : "unknown error"
      span.setStatus({ code: SpanStatusCode.ERROR, message })
      throw error
    } finally {
      span.end()
    }
  })
}

/** The active span as W3C's `traceparent`, for what goes on later or on another server; null without an SDK. */
export function presentTraceparent(): string | null {
  const carrier: { traceparent?: string } = {}
  propagation.inject(context.active(), carrier)
  return carrier.traceparent ?? null
}

/** A number that is looked up when somebody collects metrics, by what is counted, such as a kind. */
export type ObservedNumbers = ReadonlyMap<string, number>

/**
 * Has gauges looked up together whenever metrics are collected. A lookup that fails is left out: the health route says
 * what is wrong with the database.
 *
 * @param gauges by name: what the number is, its unit, and what its keys are
 */
export function observeGauges<Name extends string>(
  gauges: Readonly<Record<Name, { description: string; unit: string; key?: string }>>,
  look: () => Promise<Readonly<Record<Name, ObservedNumbers>>>
): void {
  const meter = metrics.getMeter(instrumentationName)
  const names = Object.keys(gauges) as Name[]
  const made = new Map(
    names.map((name) => {
      const { description, unit } = gauges[name]
      return [name, meter.createObservableGauge(`gateway_payment.${name}`, { description, unit })]
    })
  )
  meter.addBatchObservableCallback(
    async (result) => {
      const numbers = await look().catch(() => undefined)
      for (const [name, gauge] of numbers ? made : []) {
        const { key } = gauges[name]
        for (const [value, number] of numbers?.[name] ?? []) {
          result.observe(gauge, number, key === undefined ? {} : { [key]: value })
        }
      }
    },
    [...made.values()]
  )
}

type Instruments = {
  of: ReturnType<typeof metrics.getMeterProvider>
  webhooks: Counter
  webhookWork: Counter
  calls: Counter
  callDuration: Histogram
}

let known: Instruments | undefined

/** Made again where another provider of meters was registered since: those of the API's own do nothing for ever. */
function instruments(): Instruments {
  const of = metrics.getMeterProvider()
  if (known?.of !== of) {
    known = { of, ...madeBy(of.getMeter(instrumentationName)) }
  }
  return known
}

function madeBy(meter: Meter): Omit<Instruments, "of"> {
  return {
    webhooks: meter.createCounter("gateway_payment.webhooks", {
      description: "Messages at the webhooks' addresses",
      unit: "{message}",
    }),
    webhookWork: meter.createCounter("gateway_payment.webhook_work", {
      description: "What the work on messages came to",
      unit: "{message}",
    }),
    calls: meter.createCounter("gateway_payment.calls", {
      description: "Attempts of calls to gateways",
      unit: "{call}",
    }),
    callDuration: meter.createHistogram("gateway_payment.call.duration", {
      description: "Of one attempt of a call to a gateway",
      unit: "s",
    }),
  }
}
