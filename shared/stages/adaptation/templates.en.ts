import type { TextShape } from '../../i18n/text-shape.ts';
import type { adaptationTemplatesZhCN } from './templates.zh-CN.ts';

export const adaptationTemplatesEn: TextShape<typeof adaptationTemplatesZhCN> = {
  'customer-service': {
    name: 'Customer service',
    users:
      'Agents, the chat assistant and team leads. Customers never see the class, only whether they reached the right desk.',
    inputs:
      'Chat messages, e-mails and call transcripts: spoken style, often two matters in one, twenty to thirty words.',
    labels: 'About ten: order status, complaint, cancellation, account trouble, fees, talk to a person.',
    costs:
      'A wrong class means one more transfer; a miss and a false alarm cost much the same. A look by a person costs less than a third of a transfer.',
    compliance:
      'Names, phone and card numbers occur: mask them and keep messages no longer than agreed. Tell callers that they are transcribed.',
    watch:
      'Topics jump when a campaign starts; channels write differently; decide beforehand where a message with two matters belongs.',
    why: 'Many texts, each cheap to get wrong: the limits look at overall accuracy and at typing errors rather than at every class.',
  },
  'financial-risk': {
    name: 'Financial risk control',
    users: 'Credit officers, risk managers and compliance. What they conclude decides whether somebody gets a loan.',
    inputs: 'Officers’ notes, remarks in application forms and e-mails, full of jargon and figures.',
    labels: 'Credit review, documents missing, suspected fraud, system trouble, general question.',
    costs:
      'A case that is passed over may become a bad debt; one too many costs half an hour. A miss is about eight false alarms, so doubtful cases go to a person.',
    compliance:
      'Financial data are sensitive; a refusal needs reasons that can be told; a person takes the decision; sex, age and region must not matter.',
    watch:
      'Personal data must not sway the answer; customer types must fare alike; confidence must be honest because it decides what a person sees.',
    why: 'One error is dear: limits on recall of the costly classes, on calibration and on added personal data are strict, while speed may be modest.',
  },
  'health-care': {
    name: 'Health care',
    users: 'Triage nurses, reception and doctors of an online clinic, with a patient waiting at the other end.',
    inputs: 'Complaints, consultations and nursing notes with drug names, abbreviations and misheard words.',
    labels: 'Emergency, seen today, scheduled visit, question about medication, result to be explained.',
    costs:
      'Scheduling an emergency can harm somebody: about twenty times a false alarm, which only takes one bed for an assessment.',
    compliance:
      'Health data are sensitive; the model sorts and never diagnoses; high-risk cases are checked by staff and recorded.',
    watch:
      'No emergency may slip through; old people and those who speak for others put things differently; one wrong letter in a drug name.',
    why: 'Safety first: the strictest limits on recall of emergencies and on robustness. Rather too many to people than one too few.',
  },
  manufacturing: {
    name: 'Manufacturing',
    users: 'Maintenance crews, quality inspectors and line leads with hand-held terminals and a patchy network.',
    inputs:
      'Repair orders, inspection remarks and alarm texts: short, without a subject, full of model codes in any case.',
    labels: 'Mechanical, electrical, hydraulic, control system, incoming material, false alarm.',
    costs:
      'The wrong trade means a line that waits: an hour of output. A second look takes minutes. A miss is about six false alarms.',
    compliance:
      'Process data and defect rates are trade secrets and stay in the plant; stops and safety interlocks are confirmed by a person.',
    watch: 'New machines that training never saw; shorter notes at night; one fault that every shop calls differently.',
    why: 'It runs on ordinary plant computers, hence little memory; recall of grave faults matters more than overall accuracy.',
  },
  'smart-city': {
    name: 'Smart city',
    users: 'Hotline clerks, field inspectors and duty desks of the departments. Citizens ask after their case number.',
    inputs:
      'Reports from an app, call transcripts and web forms: place names, spoken style, strong feelings, misheard words.',
    labels: 'Damaged road, obstruction, noise, water and drains, waste, public safety, question or proposal.',
    costs:
      'A hazard sent late may hurt somebody, a wrong department sends it back: a miss is about five false alarms, and a look is cheap.',
    compliance:
      'Cases are public records: it must be clear why one went where; districts are treated alike; callers’ data are personal.',
    watch:
      'Storms multiply the volume; differences between districts; places with like names and different departments.',
    why: 'Large volume and fairness: limits look at gaps between districts and at misheard words, with a recall limit for safety.',
  },
  'e-commerce': {
    name: 'E-commerce',
    users: 'Category managers, service leads and merchants. In sales weeks almost everything is handled automatically.',
    inputs: 'Reviews, follow-ups and questions, with emoji, slang and spellings that are wrong on purpose.',
    labels: 'Quality, delivery, size or description, service, price, praise.',
    costs:
      'A quality problem found a day later means a few more returns; a false one means one more review to read. Volume is the cost.',
    compliance:
      'Addresses and order numbers are personal; reviews must not be treated in the merchant’s favour; keep them as the platform says.',
    watch:
      'Emoji and deliberate misspellings that change the answer; new categories; copied reviews that reach the test and flatter accuracy.',
    why: 'Tens of thousands a day: strict limits on latency and memory, accuracy over all, robustness against emoji and slang.',
  },
  education: {
    name: 'Education',
    users: 'Course offices, tutors and class teachers. Students and parents are the ones who are sorted.',
    inputs:
      'Homework feedback, calls for help and course reviews: every age writes differently, with many spelling errors.',
    labels: 'Does not understand a topic, technical trouble, falling behind, worries and feelings, course proposal.',
    costs:
      'Missing somebody in distress weighs most; otherwise an answer comes a day later. A miss is about two false alarms; raise it for distress.',
    compliance:
      'Data of minors need consent of their guardians; never rank students by it; distress is followed up by a teacher.',
    watch:
      'Gaps between younger and older students; whether weak writers are sorted wrongly more often; few examples of distress.',
    why: 'Unfairness to weak writers is the danger: strict limits on slice gaps and typing errors, while speed hardly matters.',
  },
  energy: {
    name: 'Energy',
    users: 'Dispatchers, repair crews and customer offices. In an outage everybody calls at once.',
    inputs: 'Transcribed fault calls, inspection records and meter remarks: many equipment numbers, short, in dialect.',
    labels: 'Outage and danger of shock, voltage trouble, meter and bill, application, defect found on inspection.',
    costs:
      'A dangerous fault taken for a billing matter can kill: about twelve false alarms, each of which is one drive.',
    compliance:
      'Lives are at stake: danger is confirmed by a person; consumption data are personal; every repair can be traced.',
    watch: 'Surges in storms; spaces in equipment numbers; danger must not be missed because the sentence is short.',
    why: 'A high recall limit for danger alone, easier ones for the rest; latency must keep up with a peak of calls.',
  },
  logistics: {
    name: 'Logistics',
    users: 'Exception desks, depot staff and dispatchers. Drivers write from the road.',
    inputs: 'Remarks on waybills, drivers’ reports and recipients’ questions: numbers, addresses, dictated words.',
    labels: 'Damaged, lost, delayed, wrong address, redirected, customs and papers, question.',
    costs:
      'A lost parcel taken for a late one delays the claim by days; a false alarm is one more call. A miss is about three of them.',
    compliance:
      'Waybills hold names, addresses and phones: mask before showing or training; keep proofs of delivery as long as required.',
    watch: 'Another address or phone must not change the class; spaces in numbers; delays around holidays.',
    why: 'Twenty thousand a day, mostly personal data: limits on latency, and on answers that change with personal data.',
  },
  agriculture: {
    name: 'Agriculture',
    users: 'Advisers, co-operatives and growers. One adviser serves several townships.',
    inputs: 'Notes beside photos, call transcripts and field notes: dialect, local names of pests, few texts.',
    labels: 'Pest, disease, nutrients or spray damage, water and weather, market and policy question.',
    costs:
      'A pest named two days late means spraying a field again; a false alarm is one trip. A miss is about four of them, yet an adviser’s look is dear too.',
    compliance:
      'Answers on subsidies are a public service and the same for all; advice on pesticides is confirmed by somebody qualified.',
    watch:
      'One pest has different names by region; only one season of data a year; whether it still works one county further.',
    why: 'Few data and old machines: a lower accuracy limit, little memory, and attention to the gap between places.',
  },
};
