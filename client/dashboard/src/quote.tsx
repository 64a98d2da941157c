// A sentence of an article with its figure marked. Places are counted in bytes of UTF-8.
import type { Claim } from './gen/claimwatch/v1/claim_pb';
import { linkTo } from './route';
import { timeWord } from './words';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}
export function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

export function Sentence({ claim }: { claim: Claim }) {
  const { sentence, quote } = claim;
  if (sentence === undefined || quote === undefined) return <q>{quote?.text ?? ''}</q>;
  const bytes = bytesOf(sentence.text);
  const begin = quote.begin - sentence.begin;
  const end = quote.end - sentence.begin;
  if (quote.field !== sentence.field || begin < 0 || end > bytes.length) return <q>{sentence.text}</q>;
  return (
    <q>
      {textOf(bytes.subarray(0, begin))}
      <mark>{textOf(bytes.subarray(begin, end))}</mark>
      {textOf(bytes.subarray(end))}
    </q>
  );
}

export function ClaimQuote({ claim, title }: { claim: Claim; title: string }) {
  return (
    <figure class={`quote${claim.withdrawn ? ' withdrawn' : ''}`}>
      <blockquote><Sentence claim={claim} /></blockquote>
      <figcaption>
        <span class="role">{title}</span> <strong>{claim.source || 'unknown source'}</strong>
        {claim.attribution !== '' && <> citing {claim.attribution}</>}, {timeWord(claim.publishTime)}
        {claim.withdrawn && <span class="tag">withdrawn</span>}{' '}
        <a href={linkTo.article(claim.articleId)}>article</a>
      </figcaption>
    </figure>
  );
}
