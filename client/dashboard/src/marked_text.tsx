// A text with its numbers marked, and why each is a claim or none.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Claim, ExtractClaimsResponse, NumberPhrase } from './gen/claimwatch/v1/claim_pb';
import { Claim_Scope, Claim_Status, NumberPhrase_Kind, Quote_Field } from './gen/claimwatch/v1/claim_pb';
import { bytesOf, textOf } from './quote';
import { linkTo } from './route';
import { questionOf, quantityWord } from './words';

const word = (name: string | undefined) => (name ?? 'other').toLowerCase().replaceAll('_', ' ');

function Explanation({ phrase, claim, recorded }: { phrase: NumberPhrase; claim?: Claim; recorded?: Claim }) {
  return (
    <div class="explanation" role="status" data-testid="explanation">
      <p>
        <strong>{phrase.quote?.text}</strong>: {claim === undefined ? `no claim (${word(NumberPhrase_Kind[phrase.kind])})` : `a claim, ${questionOf(claim)}: ${quantityWord(claim.quantity)}`}
      </p>
      <p>{phrase.reason}</p>
      {claim !== undefined && (
        <dl>
          {claim.subject !== '' && <><dt>Counted</dt><dd>{claim.subject}</dd></>}
          <dt>Scope</dt><dd>{word(Claim_Scope[claim.scope])}</dd>
          <dt>Status</dt><dd>{word(Claim_Status[claim.status])}</dd>
          {claim.attribution !== '' && <><dt>Says</dt><dd>{claim.attribution}</dd></>}
          {claim.place !== '' && <><dt>Where</dt><dd>{claim.place}</dd></>}
          {claim.timeScope !== undefined && claim.timeScope.text !== '' && <><dt>When</dt><dd>{claim.timeScope.text}</dd></>}
        </dl>
      )}
      {recorded !== undefined && recorded.figureId !== '' && (
        <p><a href={linkTo.story(recorded.storyId, recorded.figureId)}>The figure that it belongs to</a></p>
      )}
    </div>
  );
}

interface Props {
  title: string;
  body: string;
  read: ExtractClaimsResponse;
  recorded: Claim[];
}

export function MarkedText({ title, body, read, recorded }: Props) {
  const [chosen, setChosen] = useState(-1);
  const claimOf = (phrase: NumberPhrase) => read.claims.find((claim) => claim.claimId === phrase.claimId && phrase.claimId !== '');
  const pieces = (text: string, field: Quote_Field): ComponentChildren[] => {
    const bytes = bytesOf(text);
    const out: ComponentChildren[] = [];
    let done = 0;
    read.quantities.forEach((phrase, place) => {
      const quote = phrase.quote;
      if (quote === undefined || quote.field !== field || quote.begin < done || quote.end > bytes.length) return;
      out.push(textOf(bytes.subarray(done, quote.begin)));
      out.push(
        <button
          key={place}
          type="button"
          class={`number ${phrase.claimId === '' ? 'none' : 'claim'}`}
          aria-pressed={chosen === place}
          title={phrase.reason}
          onClick={() => setChosen(chosen === place ? -1 : place)}
        >
          {textOf(bytes.subarray(quote.begin, quote.end))}
        </button>,
      );
      done = quote.end;
    });
    out.push(textOf(bytes.subarray(done)));
    return out;
  };
  const phrase = read.quantities[chosen];
  return (
    <div class="marked">
      <p class="legend-line">
        <span class="number claim">claims</span> {read.claims.length} <span class="number none">other numbers</span>{' '}
        {read.quantities.filter((one) => one.claimId === '').length}. Choose one to see why.
      </p>
      {title !== '' && <h2 class="title">{pieces(title, Quote_Field.TITLE)}</h2>}
      <div class="text" data-testid="marked-text">{pieces(body, Quote_Field.BODY)}</div>
      {phrase !== undefined && (
        <Explanation
          phrase={phrase}
          claim={claimOf(phrase)}
          recorded={recorded.find((claim) => claim.quote?.field === phrase.quote?.field && claim.quote?.begin === phrase.quote?.begin && !claim.withdrawn)}
        />
      )}
    </div>
  );
}
