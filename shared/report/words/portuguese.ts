import type { Words } from "./words.ts";

const countOf = (count: number, singular: string, plural: string) =>
  `${count} ${count === 1 ? singular : plural}`;

export const portuguese: Words = {
  title: "Relatório de drift",
  verdict: {
    ok: "Sem drift.",
    drift: (causes) => `Drift: ${causes}.`,
    warning: (causes) => `Atenção: ${causes}.`,
    none: "Nada a julgar: nenhuma predição foi registrada.",
    noneChosen: (chosen) => `Nada a julgar: nenhuma predição corresponde à escolha (${chosen}).`,
    tooFew: (count, minimum) => `Predições insuficientes para julgar: ${count} de pelo menos ${minimum}.`,
    tooFewOf: (version, count, minimum) =>
      `Predições insuficientes de ${version} para julgar: ${count} de pelo menos ${minimum}.`,
    unread:
      "Não julgado: a janela de referência não pôde ser lida, e não se sabe o que é usual nesta versão.",
  },
  next: {
    ok: (count) =>
      `Nada a fazer: ${count === 1 ? "a predição está" : `as ${count} predições estão`} dentro de todos os limites.`,
    expected: (count) =>
      `Nada a fazer: ${count === 1 ? "a predição é" : `as ${count} predições são`} o que se espera pela referência.`,
    old: (days) =>
      `A predição mais nova tem ${countOf(days, "dia", "dias")}: confira se o serviço é chamado (GET /health).`,
    refused: (count) =>
      `${countOf(count, "fotografia foi recusada como não avaliável", "fotografias foram recusadas como não avaliáveis")} desde a primeira predição da janela.`,
    warning: "A mudança é certa, mas pequena. Veja o passo 1 abaixo antes que ela cresça.",
    drift:
      "Não confie em respostas novas sem um especialista até saber o motivo. Comece pelo passo 1 abaixo.",
    time: "Nada mostra que as respostas mudaram; só o tempo mudou. Comece pelo passo 1 abaixo.",
    none: "Confira se o serviço é chamado e se o registro de inferências é escrito (GET /health).",
    noneChosen: "Escolha de outra forma, ou veja o que foi registrado: npm run log.",
    tooFew: (missing) => `Nada a fazer agora: o próximo relatório julga quando houver mais ${missing}.`,
    tooFewInTest: (size) =>
      `Enquanto o teste A/B der tantas respostas ao desafiante, nenhum relatório julga: defina DRIFT_WINDOW_SIZE com pelo menos ${size} até o fim do teste.`,
    tooFewChosen: "Nada a fazer: mais predições ou um período mais longo podem ser julgados.",
    unread:
      "Confira o MLflow e o S3 (npm run doctor). O relatório volta a julgar quando a referência puder ser lida.",
  },
  versions: (versions) =>
    `${countOf(versions.length, "versão do modelo respondeu", "versões do modelo responderam")} nesta janela ` +
    `(${versions.join(", ")}): veja se a mudança começou com a mais nova. Se sim, volte: npm run rollback.`,
  wentBack: (versions, serving) =>
    `${countOf(versions.length, "versão do modelo respondeu", "versões do modelo responderam")} nesta janela ` +
    `(${versions.join(", ")}), e ${serving} está em uso: alguém já voltou. Veja se a mudança terminou com isso.`,
  challengers: (versions) =>
    `Uma parte destas respostas é do desafiante em um teste A/B (${versions.join(", ")}): veja primeiro o que npm run compare diz dele. AB_TEST_SHARE=0 encerra o teste.`,
  made: (time) => `Relatório de drift do classificador de doenças oculares, feito em ${time}`,
  headings: {
    causes: "Causas",
    steps: "O que fazer agora",
    indicators: "Limites",
    comparisons: "Ao lado da referência",
    classes: "Mistura de classes",
    latency: "Tempo de inferência",
    pictures: "As imagens ao longo do tempo",
    leastSure: "As dez respostas menos seguras",
    accuracy: "Acurácia",
    realised: "Pelos rótulos de especialistas",
    window: "Janela",
  },
  indicator: {
    columns: ["Indicador", "Valor", "Drift quando", "Veredito"],
    below: (limit) => `abaixo de ${limit}`,
    above: (limit) => `acima de ${limit}`,
    drifted: (limit) => `drift: ${limit}`,
    driftedFrom: (limit, value) =>
      `drift: ${limit}, e mais longe do que o acaso leva dos ${value} da referência`,
    ok: (limit) => `ok: não está ${limit}`,
    expected: (value) => `esperado: a referência tem ${value}`,
    unjudged: "não julgado",
  },
  ownReference:
    "Se as fotografias da sua clínica são sempre assim, e alguém conferiu as respostas, faça de algumas semanas usuais a referência: " +
    "npm run drift:reference -- --from DATA --to DATA.",
  comparison: {
    columns: ["Medida", "Referência", "Agora", "Distância em desvios", "Veredito"],
    severity: { ok: "ok", warning: "certa, sem drift", drift: "drift" },
    source: (count, source) => `Comparado com ${countOf(count, "predição", "predições")}: ${source}.`,
    limitsAlone: (count, source) =>
      `${countOf(count, "predição diz", "predições dizem")} o que esperar dos limites e da acurácia desta versão: ${source}. ` +
      "Não servem de medida para as imagens e as classes de uma clínica. Para compará-las, indique um período " +
      "passado como normal: npm run drift:reference -- --from DATA --to DATA.",
    noReference: (reason) =>
      `Sem janela de referência, só os limites fixos decidem: ${reason}. Dê uma com npm run drift:reference -- --from DATA ` +
      "--to DATA, ou com npm run register -- ARQUIVO --reference-window ARQUIVO.",
    judgedOf: (version, judged, all) =>
      `Só as ${judged} de ${all} predições que ${version} fez são julgadas ao lado dela.`,
    distribution: (title) => `${title}: frequência de cada valor, na referência e agora`,
    reference: "referência",
    current: "agora",
  },
  chart: {
    confidence: "Confiança",
    confidenceCaption: (limit, isPoints) =>
      isPoints
        ? `Cada ponto é uma predição, a mais antiga à esquerda; losangos estão abaixo de ${limit}.`
        : "Cada ponto é a média de uma parte da janela, a mais antiga à esquerda.",
    unsureBelow: (limit) => `insegura abaixo de ${limit}`,
    meanLimit: (limit) => `limite da média ${limit}`,
    mean: (value) => `média ${value}`,
    limit: (value) => `limite ${value}`,
    classes: "Com que frequência cada classe foi predita.",
    latencyCaption: (limit, isFar) =>
      `Tempo só no modelo. A média pode chegar a ${limit}: ${isFar ? "muito acima deste gráfico" : "a linha tracejada"}.`,
    fromHere: (version) => `daqui em diante ${version}`,
    course: (title) => `${title} em cada parte da janela`,
    referenceMean: "referência",
  },
  leastSure: {
    caption: "O id da predição está no registro e na resposta que o cliente recebeu.",
    columns: ["Predição", "Hora", "Classe", "Confiança"],
    none: "nenhuma",
  },
  accuracy: {
    byConfidence: "Estimada pela confiança (CBPE)",
    byThreshold: "Estimada por um limiar (ATC)",
    reference: "Nos rótulos da referência",
    realised: (count) => `Por ${countOf(count, "rótulo de especialista", "rótulos de especialistas")}`,
    realisedColumns: ["Classe", "Rotuladas assim", "Sensibilidade", "Especificidade"],
    realisedNote:
      "Com intervalos de 95 % (Wilson). Especialistas rotulam primeiro o que lhes parece duvidoso: são números das respostas rotuladas.",
    interval: (value, low, high) => `${value} (${low} a ${high})`,
    noLabels: "sem rótulos",
    note: "Estimativas sem rótulos, com um erro padrão: leia-as como um intervalo.",
    ofVersion: (version) =>
      `As estimativas são das respostas de ${version}; os rótulos são de todas as versões desta janela: não compare os dois.`,
    needsLabels: "requer rótulos na referência",
    severalRight: "não onde várias classes podem estar certas",
  },
  window: {
    predictions: "Predições",
    predictionsValue: (count, size, minimum) => `${count} (${size}, pelo menos ${minimum} para julgar)`,
    count: (count) => `as últimas ${count}`,
    span: (from, to) => `de ${from} a ${to}`,
    start: "o início",
    now: "agora",
    filter: {
      model_version: (value) => `versão ${value}`,
      session: (value) => `sessão ${value}`,
      deployment: (value) => `implantação ${value}`,
    },
    first: "Primeira",
    last: "Última",
    refused: "Recusadas como não avaliáveis",
    sessions: "Sessões",
    versions: "Versões do modelo",
    confidence: "Confiança",
    below: (limit) => `Abaixo de ${limit}`,
    time: "Tempo de inferência",
    deviation: (mean, deviation) => `${mean}, desvio padrão ${deviation}`,
    none: "nenhuma",
    reading: "Lida de",
    exact: "os próprios registros",
    summarised: "resumos por hora: médias exatas, distâncias até 0,02",
    broken: (count) => `${countOf(count, "linha", "linhas")} do registro não puderam ser lidas`,
    incomplete:
      "faltam registros: havia mais do que se lê de uma vez, ou o resumo de uma hora não pode ser lido",
  },
  footer:
    "Horários em UTC. Desvios padrão são da população (divididos por n). Um valor igual ao limite não é drift. Os mesmos " +
    "números como dados: drift-report.json ao lado desta página.",
  alert: {
    began: (causes) => `Drift: ${causes}`,
    ended: "O drift acabou: as predições voltaram ao normal",
    since: (time) => `Começou em ${time}.`,
    look: (advice) => `O que verificar: ${advice}`,
    report: (address) => `Relatório: ${address}`,
    type: (command) => `Digite agora: ${command}`,
  },
};
