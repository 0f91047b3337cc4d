#include "tests/bench/convert/by_hand.h"

#include "tests/bench/convert/hand_writer.h"

namespace hotline::bench {

struct ByHand::Tables {
  std::map<std::string, Codes> codes;
  std::map<std::string, Words> enums;
  Words languages, states, countries;
  std::vector<std::string> crisis, maps;
};

namespace {

class Conversion : private HandWriter {
 public:
  using HandWriter::HandWriter;

  std::string run(const Value& us, const std::vector<std::string>& crisis,
                  const std::vector<std::string>& maps) {
    const Value &record = us["Case"], &contact = us["Contact"];
    out_.StartObject();
    string("version_formato", "1.0");
    text("folio", record, "CaseNumber");
    envelope(record, crisis);
    versions(maps);
    key("personas");
    out_.StartArray();
    person(contact);
    out_.EndArray();
    stories(us);
    caller(record);
    date("fecha_apertura", record, "Date_Opened__c");
    code("estatus", record, "cas_Status", "referral_status", "/estatus");
    open("responsable");
    text("nombre", record, "cas_CaseOwner");
    phone("telefono", record, "Owner_Phone__c");
    out_.EndObject();
    consents(us);
    if (!review_.empty()) reviews();
    out_.EndObject();
    return {buffer_.GetString(), buffer_.GetSize()};
  }

 private:
  void envelope(const Value& record, const std::vector<std::string>& crisis) {
    open("canalizacion");
    one_of("tipo", record, "Referral_Kind__c", "/envelope/kind");
    one_of("finalidad", record, "Referral_Purpose__c", "/envelope/purpose");
    code("prioridad", record, "Call_Type__c", "referral_urgency", "/canalizacion/prioridad");
    const std::string_view urgency = text_of(record["Call_Type__c"]);
    string("crisis", std::find(crisis.begin(), crisis.end(), urgency) != crisis.end() ? "Sí" : "No");
    text("linea_de_origen", record, "Origin_Hotline__c");
    word_at("idioma_de_origen", record, "Record_Language__c", languages_);
    summary({{"Urgencia", {{&record, "Call_Type__c", "referral_urgency"}}},
             {"Relación con la persona", {{&record, "Caller_Relation__c", "relation_to_person"}}},
             {"Medio de contacto", {{&record, "Origin", "contact_channel"}}},
             {"Estado de la canalización", {{&record, "cas_Status", "referral_status"}}}});
    out_.EndObject();
  }

  void versions(const std::vector<std::string>& maps) {
    open("traduccion");
    key("versiones");
    out_.StartArray();
    for (const std::string& map : maps) put(map);
    out_.EndArray();
    out_.EndObject();
  }

  void person_summary(const Value& us) {
    std::vector<Coded> needs, urgencies;
    if (const Value* list = get(us, "Needs__r"))
      for (const Value& one : list->GetArray()) {
        needs.push_back({&one, "Need__c", "need_service"});
        urgencies.push_back({&one, "Urgency__c", "referral_urgency"});
      }
    const Value *harm = get(us, "Exploitation__c"), *safe = get(us, "Safe_Contact__c");
    summary({{"Necesidad", needs},
             {"Urgencia", urgencies},
             {"Medios seguros", {{safe, "Channels__c", "contact_channel"}}},
             {"Forma de explotación", {{harm, "vic_TypeOfExploitation", "exploitation_type"}}},
             {"Medios de control", {{harm, "vic_MethodsOfControl", "control_method"}}},
             {"Programa o estatus", {{get(us, "Immigration__c"), "Status__c", "immigration_programme"}}},
             {"Grupo de edad", {{&us, "Age_Group__c", "age_band"}}},
             {"Género", {{&us, "prs_Gender", "gender"}}}});
  }

  void person(const Value& us) {
    out_.StartObject();
    text("clave", us, "Id");
    if (const Value* safe = get(us, "Safe_Contact__c")) safe_contact(*safe);
    text("nombre_preferido", us, "Preferred_Name__c");
    text("nombres", us, "prs_FirstName");
    text("apellido_paterno", us, "prs_SecondName");
    one_of("orden_del_nombre", us, "Name_Order__c", "/persons/*/identity/surname_order");
    date("fecha_nacimiento", us, "prs_Birthdate");
    code("grupo_de_edad", us, "Age_Group__c", "age_band", "/personas/0/grupo_de_edad");
    if (const Value* all = get(us, "Identifiers__r")) text("curp", (*all)[0], "Number__c");
    contact(us);
    code("genero", us, "prs_Gender", "gender", "/personas/0/genero");
    if (const Value* citizen = get(us, "prs_Citizenship")) {
      key("nacionalidades");
      out_.StartArray();
      split(text_of(*citizen), [&](std::string_view one) { put(word(countries_, one)); });
      out_.EndArray();
    }
    text("escolaridad", us, "prs_HighestLevelOfEducation");
    places(us);
    languages(us);
    sections(us);
    person_summary(us);
    out_.EndObject();
  }

  void safe_contact(const Value& safe) {
    open("contacto_seguro");
    one_of("se_puede_contactar", safe, "Contact_Allowed__c",
           "/persons/*/contact/safe_contact/contact_allowed");
    codes("medios", safe, "Channels__c", "contact_channel", "/personas/0/contacto_seguro/medios");
    one_of("dispositivo_vigilado", safe, "Device_Monitored__c",
           "/persons/*/contact/safe_contact/device_monitored");
    one_of("buzon_de_voz", safe, "Voicemail_OK__c", "/persons/*/contact/safe_contact/voicemail");
    one_of("mensaje_de_texto", safe, "Text_OK__c", "/persons/*/contact/safe_contact/text");
    one_of("correo", safe, "Email_OK__c", "/persons/*/contact/safe_contact/email");
    one_of("identificador_de_llamada", safe, "Caller_ID__c", "/persons/*/contact/safe_contact/caller_id");
    out_.EndObject();
  }

  void contact(const Value& us) {
    if (get(us, "prs_HomePhone") != nullptr) {
      key("telefonos");
      out_.StartArray();
      out_.StartObject();
      phone("numero", us, "prs_HomePhone");
      string("tipo", enums_.at("/persons/*/contact/phones/*/kind").at("Home"));
      out_.EndObject();
      out_.EndArray();
    }
    if (const Value* email = get(us, "prs_Email")) {
      key("correos");
      out_.StartArray();
      put(text_of(*email));
      out_.EndArray();
    }
  }

  void country(const Value& from, const char* field) { word_at("pais", from, field, countries_); }

  void places(const Value& us) {
    open("ubicacion");
    open("actual");
    text("municipio", us, "prs_MailingCity");
    word_at("entidad_federativa", us, "prs_MailingState", states_);
    text("codigo_postal", us, "prs_MailingPostalCode");
    country(us, "prs_MailingCountry");
    text("zona_horaria", us, "Time_Zone__c");
    out_.EndObject();
    if (const Value* to = get(us, "Going_To__c")) {
      open("destino");
      text("municipio", *to, "City");
      word_at("entidad_federativa", *to, "State", states_);
      country(*to, "Country");
      text("zona_horaria", *to, "Time_Zone__c");
      out_.EndObject();
    }
    instant("hasta", us, "At_This_Place_Until__c");
    out_.EndObject();
  }

  void languages(const Value& us) {
    open("lenguas");
    if (const Value* spoken = get(us, "Languages__r")) {
      key("habla");
      out_.StartArray();
      for (const Value& one : spoken->GetArray()) {
        out_.StartObject();
        word_at("lengua", one, "Language__c", languages_);
        one_of("dominio", one, "Level__c", "/persons/*/languages/spoken/*/level");
        out_.EndObject();
      }
      out_.EndArray();
    }
    one_of("sabe_leer", us, "Reads__c", "/persons/*/languages/reads");
    word_at("preferida", us, "prs_PrimaryLanguage", languages_);
    out_.EndObject();
  }

  void sections(const Value& us) {
    if (const Value* status = get(us, "Immigration__c")) immigration(*status);
    if (const Value* family = get(us, "Family__c")) relatives(*family);
    if (const Value* work = get(us, "Employment__c")) {
      open("trabajo");
      open("patron");
      text("nombre", (*work)["Employer__c"], "Name");
      out_.EndObject();
      out_.EndObject();
    }
    if (const Value* harm = get(us, "Exploitation__c")) exploitation(*harm);
    if (const Value* safety = get(us, "Safety__c")) {
      open("seguridad");
      one_of("etapa", *safety, "Stage__c", "/persons/*/safety/stage");
      yes_no("lugar_para_hoy", *safety, "Place_Tonight__c");
      one_of("decision_sobre_policia", *safety, "Police_Choice__c", "/persons/*/safety/police_choice");
      out_.EndObject();
    }
    if (const Value* list = get(us, "Needs__r")) needs(*list);
    if (const Value* legal = get(us, "Legal__c")) {
      open("juridico");
      one_of("denuncia", *legal, "Police_Report__c", "/persons/*/legal/police_report");
      yes_no("medidas_de_proteccion", *legal, "Protection_Order__c");
      out_.EndObject();
    }
  }

  void immigration(const Value& us) {
    open("situacion_migratoria");
    code("condicion", us, "Status__c", "immigration_programme", "/personas/0/situacion_migratoria/condicion");
    if (const Value* held = get(us, "Documents_Held__c")) {
      key("documentos_en_su_poder");
      out_.StartArray();
      const Words& words = enums_.at("/persons/*/immigration/documents_held/*");
      split(text_of(*held), [&](std::string_view one) { put(word(words, one)); });
      out_.EndArray();
    }
    out_.EndObject();
  }

  void relatives(const Value& family) {
    open("familia");
    key("familiares");
    out_.StartArray();
    for (const Value& one : family["Relatives__r"].GetArray()) {
      out_.StartObject();
      text("nombre", one, "Name");
      text("parentesco", one, "Relation__c");
      out_.EndObject();
    }
    out_.EndArray();
    out_.EndObject();
  }

  void exploitation(const Value& us) {
    const std::string at = "/personas/0/explotacion/";
    open("explotacion");
    codes("modalidades", us, "vic_TypeOfExploitation", "exploitation_type", at + "modalidades");
    codes("medios_de_control", us, "vic_MethodsOfControl", "control_method", at + "medios_de_control");
    date("fecha_inicio", us, "Started__c");
    date("fecha_fin", us, "Ended__c");
    yes_no("continua", us, "Ongoing__c");
    out_.EndObject();
  }

  void needs(const Value& list) {
    key("necesidades");
    out_.StartArray();
    for (rapidjson::SizeType i = 0; i < list.Size(); ++i) {
      const Value& one = list[i];
      const std::string at = "/personas/0/necesidades/" + std::to_string(i);
      out_.StartObject();
      code("servicio", one, "Need__c", "need_service", at + "/servicio");
      code("prioridad", one, "Urgency__c", "referral_urgency", at + "/prioridad");
      text("municipio", one, "City__c");
      word_at("entidad_federativa", one, "State__c", states_);
      integer("noches", one, "Nights__c");
      date("desde", one, "From__c");
      date("hasta", one, "Until__c");
      out_.EndObject();
    }
    out_.EndArray();
  }

  void stories(const Value& us) {
    const Value* list = get(us, "Narratives__r");
    if (list == nullptr) return;
    key("relatos");
    out_.StartArray();
    for (const Value& one : list->GetArray()) {
      out_.StartObject();
      text("clave", one, "Id");
      one_of("voz", one, "Voice__c", "/narratives/*/voice");
      key("sobre");
      out_.StartArray();
      split(text_of(one["About__c"]), [&](std::string_view id) { put(id); });
      out_.EndArray();
      text("texto", one, "Text__c");
      word_at("idioma", one, "Language__c", languages_);
      yes_no("no_volver_a_preguntar", one, "Do_Not_Ask_Again__c");
      out_.EndObject();
    }
    out_.EndArray();
  }

  void caller(const Value& record) {
    open("persona_reportante");
    code("relacion", record, "Caller_Relation__c", "relation_to_person", "/persona_reportante/relacion");
    code("medio", record, "Origin", "contact_channel", "/persona_reportante/medio");
    text("clave_persona", record, "Caller_Contact__c");
    out_.EndObject();
  }

  void consents(const Value& us) {
    const Value* list = get(us, "Consents__r");
    if (list == nullptr) return;
    key("consentimientos");
    out_.StartArray();
    for (rapidjson::SizeType i = 0; i < list->Size(); ++i)
      consent((*list)[i], "/consentimientos/" + std::to_string(i));
    out_.EndArray();
  }

  void consent(const Value& us, const std::string& at) {
    out_.StartObject();
    text("numero", us, "Name");
    text("clave_persona", us, "Contact__c");
    one_of("estado", us, "State__c", "/consents/*/state");
    open("otorga");
    code("relacion", us, "Giver_Relation__c", "relation_to_person", at + "/otorga/relacion");
    text("clave_persona", us, "Giver__c");
    yes_no("capacidad_confirmada", us, "Giver_Capacity_Confirmed__c");
    out_.EndObject();
    key("finalidades");
    out_.StartArray();
    const Words& purposes = enums_.at("/consents/*/purposes/*");
    split(text_of(us["Purposes__c"]), [&](std::string_view one) { put(word(purposes, one)); });
    out_.EndArray();
    open("destinataria");
    text("linea", us, "Recipient_Member__c");
    text("organizacion", us, "Recipient_Name__c");
    country(us, "Recipient_Country__c");
    out_.EndObject();
    key("apartados");
    out_.StartArray();
    for (const Value& one : us["Categories__r"].GetArray()) {
      out_.StartObject();
      one_of("apartado", one, "Category__c", "/consents/*/categories/*/category");
      one_of("detalle", one, "Level__c", "/consents/*/categories/*/level");
      out_.EndObject();
    }
    out_.EndArray();
    open("transferencia_a_terceros");
    yes_no("permitida", us, "Onward_Sharing_Allowed__c");
    out_.EndObject();
    yes_no("contacto_con_policia", us, "Police_Contact__c");
    yes_no("riesgos_explicados", us, "Risks_Explained__c");
    yes_no("retiro_explicado", us, "Withdrawal_Explained__c");
    yes_no("servicio_no_condicionado", us, "Service_Not_Conditional__c");
    yes_no("sin_presion_verificado", us, "Pressure_Checked__c");
    open("aviso");
    text("clave", us, "Statement_Id__c");
    text("version", us, "Statement_Version__c");
    word_at("idioma", us, "Statement_Language__c", languages_);
    text("sha256", us, "Statement_SHA256__c");
    out_.EndObject();
    code("medio", us, "Channel__c", "contact_channel", at + "/medio");
    one_of("forma", us, "Form__c", "/consents/*/form");
    instant("fecha_hora", us, "Given_At__c");
    text("zona_horaria", us, "Time_Zone__c");
    instant("hasta", us, "Until__c");
    text("explico", us, "Explained_By__c");
    yes_no("copia_ofrecida", us, "Copy_Offered__c");
    code("grupo_de_edad", us, "Age_Group__c", "age_band", at + "/grupo_de_edad");
    text("politica_destino", us, "Policy_Version__c");
    out_.EndObject();
  }

  void reviews() {
    key("por_revisar");
    out_.StartArray();
    for (const auto& [place, members] : review_) {
      out_.StartObject();
      string("campo", place);
      for (const auto& [name, value] : *members) string(name.c_str(), value);
      out_.EndObject();
    }
    out_.EndArray();
  }
};

}  // namespace

ByHand::ByHand(const std::string& text) : tables_(std::make_unique<Tables>()) {
  rapidjson::Document tables;
  tables.Parse(text.data(), text.size());
  for (const auto& one : tables["codes"].GetObject())
    tables_->codes.emplace(text_of(one.name), codes_of(one.value));
  for (const auto& one : tables["enums"].GetObject())
    tables_->enums.emplace(text_of(one.name), words_of(one.value));
  tables_->languages = words_of(tables["languages"]);
  tables_->states = words_of(tables["states"]);
  tables_->countries = words_of(tables["countries"]);
  for (const Value& one : tables["crisis"].GetArray()) tables_->crisis.emplace_back(text_of(one));
  for (const Value& one : tables["maps"].GetArray()) tables_->maps.emplace_back(text_of(one));
}

ByHand::~ByHand() = default;

std::string ByHand::convert(std::string_view record) const {
  rapidjson::Document us;
  us.Parse(record.data(), record.size());
  return Conversion(tables_->codes, tables_->enums, tables_->languages, tables_->states, tables_->countries)
      .run(us, tables_->crisis, tables_->maps);
}

}  // namespace hotline::bench
