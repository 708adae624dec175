// Reads one JSON object a line, {"path", "body", "directives", "math"}, and writes one a line: {"path", "error",
// "blocks"}, with a block as [kind, first line, last line], in the order of the text. What is in containers is read,
// the containers themselves are not told.
import {createInterface} from 'node:readline'
import {createProcessor} from '@mdx-js/mdx'
import {parse, postprocess, preprocess} from 'micromark'
import {directive} from 'micromark-extension-directive'
import {gfm} from 'micromark-extension-gfm'
import {math} from 'micromark-extension-math'
import {mdxjs} from 'micromark-extension-mdxjs'

const kinds = {
  atxHeading: 'heading',
  codeFenced: 'code',
  definition: 'definition',
  directiveLeaf: 'marker',
  directiveContainerFence: 'marker',
  mathFlow: 'math',
  mdxFlowExpression: 'flow',
  mdxJsxFlowTag: 'flow',
  mdxjsEsm: 'module',
  paragraph: 'paragraph',
  setextHeading: 'heading',
  table: 'table',
  thematicBreak: 'break'
}

for await (const line of createInterface({input: process.stdin})) {
  const page = JSON.parse(line)
  const answer = {path: page.path, error: null, blocks: []}
  try {
    createProcessor({format: 'mdx'}).parse(page.body)
  } catch (error) {
    answer.error = String(error.reason || error)
  }
  try {
    const extensions = [gfm(), mdxjs(), ...(page.directives ? [directive()] : []), ...(page.math ? [math()] : [])]
    const events = postprocess(parse({extensions}).document().write(preprocess()(page.body, undefined, true)))
    for (const [what, token] of events) {
      if (what === 'enter' && kinds[token.type]) {
        answer.blocks.push([kinds[token.type], token.start.line, token.end.line])
      }
    }
  } catch (error) {
    answer.error = answer.error || String(error.reason || error)
  }
  console.log(JSON.stringify(answer))
}
