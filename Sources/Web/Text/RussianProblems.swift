/// What may be wrong with what a tourist sent, in Russian.
extension Catalogue {
    static let russianProblems: KeyValuePairs<String, String> = [
        "Reason": "Причина",
        "Bank (for bank accounts)": "Банк (для банковских счетов)",
        "The bank's line number, 12 digits": "Номер банка в системе расчётов, 12 цифр",
        "Something went wrong": "Что-то пошло не так",
        "Not found": "Не найдено",
        "There is no such page or case. Check the number.":
            "Такой страницы или такого дела нет. Проверьте номер.",
        "Fields are not as they must be": "Поля заполнены неверно",
        "What was written is not fit": "Заполнено неверно",
        "is missing: add it": "не заполнено: добавьте",
        "is missing: fill it in": "не заполнено: введите",
        "is empty: fill it in": "пусто: введите",
        "has {0} characters; at most {1} are taken": "знаков: {0}; допускается не больше {1}",
        "contains control characters: type it again":
            "содержит недопустимые знаки: введите заново",
        "must be a whole number of fen, and is a text":
            "это не сумма: введите цифрами, например 12.50",
        "must be {0}, and is {1}": "введено неверно: проверьте",
        "must be between 0 and {0} yuan": "должно быть от 0 до {0} юаней",
        "must not be negative": "не может быть меньше нуля",
        "must be whole fen: write 10.50 yuan as 1050": "должно быть целым числом фэней",
        "may be at most {0}": "не больше {0}",
        "must be a date that exists, written 2025-03-08":
            "нужна существующая дата, например 2025-03-08",
        "must be a time, written 2025-03-08T09:30:00+08:00": "нужны дата и время",
        "lies in the future; today is {0}": "ещё не наступило; сегодня {0}",
        "must be one of: {0}": "выберите из списка",
        "at most {0} facts are taken": "не больше {0} сведений",
        "is needed for this matter: {0}": "нужно для этого случая: {0}",
        "{0} is no fact of this edition: remove it or correct the name":
            "нет такого сведения: уберите его",
        "{0} is found out by the office: remove it": "это устанавливаем мы: уберите",
        "{0} is not written as it must be: {1}": "введено неверно: проверьте запись",
        "{0} must be one of {1}": "выберите из списка",
        "{0} must lie within {1}": "должно быть в пределах {1}",
        "{0} may not be negative": "не может быть меньше нуля",
        "{0} has more than two decimals: write whole fen": "не больше двух знаков после запятой",
        "{0} lies in the future; today is {1}": "ещё не наступило; сегодня {1}",
        "{0} would be negative: put {1} in order": "время указано не по порядку: проверьте",
        "{0} is too long: at most {1}": "слишком длинно: не больше {1}",
        "of a bank has at most 34 letters, digits and hyphens":
            "банковский счёт: не больше 34 букв, цифр и дефисов",
        "must be 12 digits": "нужно 12 цифр",
        "must be a whole number from {0} to {1}": "выберите целое число от {0} до {1}",
        "Case number or tracking code is wrong": "Номер дела или код доступа неверен",
        "Check the number and the eight digits given when it was filed.":
            "Проверьте номер и восемь цифр, полученные при подаче.",
        "The one-time code is wrong or has lapsed":
            "Одноразовый код неверен или уже не действует",
        "Check it, or ask for a new one: a code is valid for 10 minutes and may be tried 5 times.":
            "Проверьте его или запросите новый: код действует 10 минут и даёт 5 попыток.",
        "Enter your tracking code": "Введите код доступа",
        "Open it with the case's number and the tracking code given when it was filed.":
            "Откройте с номером дела и кодом доступа, полученным при подаче.",
        "Log in first": "Сначала войдите",
        "This page is for the office's people: log in first.":
            "Эта страница для сотрудников: сначала войдите.",
        "This form has lapsed": "Форма устарела",
        "It does not come from a page of your present log-in, and nothing was changed. Go back, reload the page, and send it again.":
            "Она отправлена не с вашей открытой страницы, и ничего не изменено. Вернитесь, обновите страницу и отправьте снова.",
        "The form did not arrive whole": "Форма пришла не целиком",
        "Go back and send it again.": "Вернитесь и отправьте снова.",
        "Not permitted": "Нет прав",
        "Your roles may not do this; ask someone who may.":
            "Вам это недоступно; обратитесь к тому, кто вправе это делать.",
        "Too many requests": "Слишком много запросов",
        "Try again in {0} seconds.": "Попробуйте снова через {0} с.",
        "The body is too large": "Слишком большой объём",
        "At most {0} bytes are taken: make it smaller, or split it.":
            "Не больше {0} байт: уменьшите или отправьте по частям.",
        "The file is too large": "Файл слишком большой",
        "A file may have up to {0} MB: take a smaller photograph or compress it, then choose it again.":
            "Файл может занимать до {0} МБ: сделайте снимок меньше или сожмите его и выберите снова.",
        "This type of file is not taken": "Такой файл не принимается",
        "JPEG, PNG, GIF, WebP, HEIC, PDF, MP4, MP3, WAV and plain text are taken, told by their content; save archives, web pages and Office files as one of these.":
            "Принимаются JPEG, PNG, GIF, WebP, HEIC, PDF, MP4, MP3, WAV и обычный текст, по содержимому; архивы, веб-страницы и документы Office сохраните в одном из этих видов.",
        "Too much evidence": "Слишком много файлов",
        "A case takes at most {0} files; join some.":
            "К делу можно приложить не больше {0} файлов; объедините некоторые.",
        "Not now": "Сейчас нельзя",
        "The case is {0} ({1}), where {2} cannot be done; look at the case first.":
            "На этом этапе дела это сделать нельзя; сначала посмотрите, что с делом.",
        "A payout is under way": "Выплата уже в пути",
        "{0} has no result yet, another would pay twice; wait for it.":
            "По {0} ещё нет результата, вторая выплата удвоила бы сумму; подождите.",
        "A reason is missing": "Не указана причина",
        "Write the reason, the proof or the reference.": "Напишите причину.",
        "Someone else changed the case": "Дело тем временем изменилось",
        "{0} is at version {1} now; read it again, then decide again.":
            "Откройте {0} ещё раз и решите заново.",
        "You have rated it already": "Вы уже поставили оценку",
        "A case is rated once; your rating stands on its page.":
            "Дело оценивают один раз; ваша оценка видна на его странице.",
        "It cannot be rated yet": "Оценить пока нельзя",
        "Rate it once it is settled.": "Оцените, когда вопрос будет решён.",
        "Try again later": "Попробуйте позже",
        "too much waits at the moment.": "сейчас слишком много запросов.",
        "the database cannot be reached.": "хранилище недоступно.",
        "whether it was recorded is not known: try again with the same Idempotency-Key.":
            "неизвестно, записано ли это: отправьте ту же форму ещё раз.",
        "the service is stopping.": "сервис останавливается.",
        "the disk is full: tell the administrator.":
            "нет места для записи: сообщите администратору.",
        "Our mistake": "Наша ошибка",
        "It was logged, and nothing was changed; tell us the instance of this answer.":
            "Она записана, ничего не изменено; сообщите нам номер этого ответа.",
        "The policy cannot answer": "Правила не дают ответа",
        "No policy is in force": "Нет действующих правил",
    ]
}
