import java.util.Scanner;

public class Menu {
    static final String[] CHOIX = {"Application locale", "Application a distance", "Quit"};

    public static void main(String[] args) {
        Scanner clavier = new Scanner(System.in);
        while (true) {
            for (int i = 0; i < CHOIX.length; i++) {
                System.out.printf("%d) %s%n", i + 1, CHOIX[i]);
            }
            System.out.print("Choice? ");
            if (!clavier.hasNextLine()) {
                return;
            }
            String ligne = clavier.nextLine().trim();
            int choix;
            try {
                choix = Integer.parseInt(ligne);
            } catch (NumberFormatException e) {
                System.out.println("Not a number: " + ligne);
                continue;
            }
            if (choix == CHOIX.length) {
                System.exit(0);
            } else if (choix < 1 || choix > CHOIX.length) {
                System.out.println("No such choice: " + choix);
            } else {
                System.out.println("Starting " + CHOIX[choix - 1]);
            }
        }
    }
}
