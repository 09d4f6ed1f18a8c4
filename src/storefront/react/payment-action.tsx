import {
  type MouseEvent,
  type ReactElement,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react"
import { nextAction, type PageAction, type PaymentSessionLike } from "../next-action"
import { qrSvg } from "../qr-svg"
import { en } from "../words/en"
import { fill, type PaymentWords } from "../words/words"

export type PaymentActionProps = {
  session: PaymentSessionLike | null | undefined
  /** What the payment method is called in sentences, such as "WeChat Pay". */
  method?: string
  /** For a gateway that does not lead the shopper back: its page opens beside this one, which waits. */
  opensBeside?: boolean
  words?: PaymentWords
  className?: string
}

/** What the shopper has to do to pay: open a page, scan a code, or pay with a code. Nothing where there is nothing to do. */
export function PaymentAction({
  session,
  method,
  opensBeside = false,
  words = en,
  className,
}: PaymentActionProps): ReactElement | null {
  const action = nextAction(session)
  const say = (text: string) => fill(text, { method: method ?? words.anyMethod })
  const box = {
    className: ["payment-action", className].filter(Boolean).join(" "),
    "data-action": action.type,
    lang: words.lang,
    dir: words.dir,
  }
  switch (action.type) {
    case "redirect":
    case "post_form":
      return (
        <div {...box}>
          {method && <p className="payment-action__text">{say(words.payOnPage)}</p>}
          <PageLink action={action} opensBeside={opensBeside} words={words} />
        </div>
      )
    case "qr_code":
      return (
        <div {...box}>
          <QrCode value={action.value} label={say(words.qrLabel)} />
          <p className="payment-action__text">{say(words.scanCode)}</p>
          <p className="payment-action__hint">{say(words.scanOnThisPhone)}</p>
          <Expiry at={action.expires_at} words={words} />
        </div>
      )
    case "pay_code":
      return (
        <div {...box}>
          <p className="payment-action__text">{say(words.payWithCode)}</p>
          <CopiedCode code={action.code} words={words} />
          <Expiry at={action.expires_at} words={words} />
        </div>
      )
    case "shopper_code":
      return (
        <div {...box}>
          <p className="payment-action__text">{say(words.showCode)}</p>
        </div>
      )
    case "none":
      return null
  }
}

type PageLinkProps = { action: PageAction; opensBeside: boolean; words: PaymentWords }

/** A link or a form of HTML alone: it works before the page's script has loaded. */
function PageLink({ action, opensBeside, words }: PageLinkProps): ReactElement {
  const label = (
    <>
      {words.openPage}
      {opensBeside && <span className="payment-action__hidden"> {words.inNewTab}</span>}
    </>
  )
  const target = opensBeside ? "_blank" : undefined
  if (action.type === "redirect") {
    return (
      <a
        className="payment-action__button"
        href={action.url}
        target={target}
        rel="noopener"
        onClick={stayInApp}
      >
        {label}
      </a>
    )
  }
  return (
    <form method="post" action={action.url} acceptCharset="utf-8" target={target}>
      {Object.entries(action.fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button className="payment-action__button" formTarget={target} onClick={stayInApp}>
        {label}
      </button>
    </form>
  )
}

/**
 * The browsers inside other apps. Most of them open no second page, or open it where the shopper does not find back.
 *
 * Assumption: they name themselves so in `navigator.userAgent`: Facebook (FBAN, FBAV), Instagram, WeChat
 * (MicroMessenger), Grab, LINE, Viber, TikTok (musical_ly, BytedanceWebview), and Android's own WebView (wv).
 */
const appBrowsers =
  /FBA[NV]|Instagram|MicroMessenger|\bGrab\b|\bLine\/|Viber|musical_ly|BytedanceWebview|; wv\)/

/** In the browser of an app the gateway's page takes the place of this one, and "back" leads here again. */
function stayInApp({ currentTarget }: MouseEvent<HTMLAnchorElement | HTMLButtonElement>): void {
  if (!appBrowsers.test(navigator.userAgent)) {
    return
  }
  const isLink = currentTarget instanceof HTMLAnchorElement
  currentTarget.setAttribute(isLink ? "target" : "formtarget", "_self")
}

function QrCode({ value, label }: { value: string; label: string }): ReactElement {
  const svg = useMemo(() => qrSvg(value, label), [value, label])
  return <div className="payment-action__qr" dangerouslySetInnerHTML={{ __html: svg }} />
}

function Expiry({
  at,
  words,
}: {
  at: string | undefined
  words: PaymentWords
}): ReactElement | null {
  if (at === undefined || Number.isNaN(Date.parse(at))) {
    return null
  }
  const [before = "", after = ""] = words.payBefore.split("{time}")
  return (
    <p className="payment-action__hint">
      {before}
      <LocalTime at={at} lang={words.lang} />
      {after}
    </p>
  )
}

/** A code to pay with, and a button that copies it. */
function CopiedCode({ code, words }: { code: string; words: PaymentWords }): ReactElement {
  const element = useRef<HTMLElement>(null)
  const [said, setSaid] = useState("")

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code)
      setSaid(words.copied)
    } catch {
      // Not allowed, as in the browsers of many apps, or no clipboard, as on a page without HTTPS.
      if (element.current) {
        window.getSelection()?.selectAllChildren(element.current)
      }
      setSaid(words.copyByHand)
    }
  }

  return (
    <>
      <code ref={element} className="payment-action__code" dir="ltr">
        {code}
      </code>
      <button type="button" className="payment-action__button" onClick={() => void copy()}>
        {words.copyCode}
      </button>
      <p className="payment-action__hint" role="status">
        {said}
      </p>
    </>
  )
}

/**
 * A moment as the shopper's clock shows it. The server does not know the shopper's time zone, so it writes UTC, which
 * keeps the place and is not shown: nothing jumps, and nothing wrong is read.
 */
function LocalTime({ at, lang }: { at: string; lang: string }): ReactElement {
  const isHydrated = useSyncExternalStore(never, isInBrowser, isOnServer)
  return (
    <time dateTime={at} style={isHydrated ? undefined : { visibility: "hidden" }}>
      {timeOf(at, lang, isHydrated ? undefined : "UTC")}
    </time>
  )
}

function timeOf(at: string, lang: string, timeZone: string | undefined): string {
  const format = { dateStyle: "medium", timeStyle: "short", timeZone } as const
  return new Intl.DateTimeFormat(lang, format).format(new Date(at))
}

const never = () => () => {}
const isInBrowser = () => true
const isOnServer = () => false
